import { writeCsv } from '../../domain/patient-file/csv';
import { REJECTED_COLUMNS, rejectedColumnsOf } from '../../domain/patient-file/columns';
import { type ChosenColumns, type FileHead, namedColumns } from '../../domain/patient-file/ask-columns';
import type { StoredImport } from '../../store/imports';
import type { Tx } from '../../store/store';
import type { Clinic, Ports, PostOutcome } from '../ports';

/** A file that somebody mends by hand has no more rows; it is held in memory while it is handed to Slack. */
const MOST_ROWS = 50_000;

/** Wants the rejected rows as a file in the thread, once for each reading. */
export async function wantRejectedRows(tx: Tx, record: StoredImport, at: Date): Promise<void> {
  const { id: ref, channel, threadTs } = record;
  if (channel === null) return;
  const place = threadTs === null ? { threadOf: `import:${ref}` } : { threadTs };
  const key = `rejected:${ref}:${record.reading}`;
  await tx.posts.want({ key, kind: 'rejected-rows', ref, channel, ...place, priority: 4 }, at);
}

/**
 * Whether a file with whole rows may stand where the import's card stands: where the patients' file itself was dropped, or
 * may be. A form can be opened anywhere, and its file is seen by nobody else.
 */
export const isPatientsPlace = (
  { channels }: Pick<Clinic, 'channels'>,
  { channel, threadTs }: { readonly channel: string | null; readonly threadTs: string | null },
): boolean => threadTs !== null || channel === channels.imports || channel?.startsWith('D') === true;

interface RejectedPost {
  readonly id: number;
  readonly key: string;
  readonly ref: number;
  readonly state: string;
  readonly attemptedAt: Date | null;
  readonly createdAt: Date;
}

/** Puts the rejected rows into the thread; elsewhere than among patients' files, into the DM with who brought them. */
export async function postRejectedRows(
  ports: Ports,
  post: RejectedPost,
  where: { readonly channel: string; readonly threadTs?: string | undefined },
): Promise<PostOutcome> {
  const { store, room, clinic } = ports;
  const record = await store.imports.byId(post.ref);
  if (!record) return { kind: 'refused', error: 'nothing to show' };
  const place = isPatientsPlace(clinic, record) ? where : { channel: await room.directChannel(record.requestedBy) };
  if (post.state === 'POSTING') {
    const stands = await room.findFile(place, post.key, post.attemptedAt ?? post.createdAt);
    if (stands !== null) return { kind: 'posted', channel: place.channel, ts: stands };
  }
  const rows = await store.imports.rejected(record.id, MOST_ROWS);
  if (rows.length === 0) return { kind: 'posted', channel: place.channel, ts: 'none' };
  await store.posts.begin(post.id, ports.clock.now());
  const content = Buffer.from(rejectedCsv(record, rows));
  return room.postRejected(place, { of: record.fileName, rows: rows.length, content }, post.key);
}

type RejectedRow = Awaited<ReturnType<Ports['store']['imports']['rejected']>>[number];

/**
 * The columns as they came, and behind them the line and the reason; those of an earlier round are left out. What a row has
 * too much stands behind all that: dropped again as it is, the row is refused again.
 */
export function rejectedCsv(record: Pick<StoredImport, 'header' | 'mapping'>, rows: readonly RejectedRow[]): string {
  const { cells } = JSON.parse(record.header ?? '{"cells":[]}') as Pick<FileHead, 'cells'>;
  const chosen = record.mapping === null ? null : (JSON.parse(record.mapping) as ChosenColumns);
  const header = chosen?.noHeader === true ? namedColumns(cells.length, chosen) : cells;
  const earlier = rejectedColumnsOf(header);
  const whole = (row: readonly string[]): string[] =>
    header.map((_, index) => row[index] ?? '').filter((_, index) => !earlier.has(index));
  const written = ({ line, reason, ...row }: RejectedRow): string[] => {
    const all = cellsOf(row.cells);
    return [...whole(all), String(line), reason ?? '', ...all.slice(header.length)];
  };
  return writeCsv([[...whole(header), ...REJECTED_COLUMNS], ...rows.map(written)]);
}

const cellsOf = (cells: string | null): string[] => JSON.parse(cells ?? '[]') as string[];
