import { type ImportSummary, MOST_REJECTED_ROWS } from '../../domain/cards/import-card';
import { writeCsv } from '../../domain/patient-file/csv';
import { REJECTED_COLUMNS, rejectedColumnsOf } from '../../domain/patient-file/columns';
import { type ChosenColumns, type FileHead, namedColumns } from '../../domain/patient-file/ask-columns';
import type { StoredImport } from '../../store/imports';
import type { Tx } from '../../store/store';
import type { Clinic, Ports, PostOutcome } from '../ports';

/** Rows that are looked up, and written, at a time: others have their turn in between. */
const AT_ONCE = 500;

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
  const file = await rejectedFile(store, record);
  if (file === null) return { kind: 'posted', channel: place.channel, ts: 'none' };
  await store.posts.begin(post.id, ports.clock.now());
  const { rejected, duplicate } = JSON.parse(record.summary) as ImportSummary;
  return room.postRejected(place, { of: record.fileName, all: rejected + duplicate, ...file }, post.key);
}

/** The rows that were left out, the first {@link MOST_REJECTED_ROWS} of them; null when there are none. */
export async function rejectedFile(
  { imports }: Pick<Tx, 'imports'>,
  record: StoredImport,
): Promise<{ readonly rows: number; readonly content: Buffer } | null> {
  const lines = await imports.rejectedLines(record.id, MOST_REJECTED_ROWS);
  const pieces: string[] = [];
  let rows = 0;
  for (let from = 0; from < lines.length; from += AT_ONCE) {
    const some = await imports.rowsAt(record.id, lines.slice(from, from + AT_ONCE));
    pieces.push(rejectedCsv(record, some, rows === 0));
    rows += some.length;
    await new Promise((resolve) => setImmediate(resolve));
  }
  return rows === 0 ? null : { rows, content: Buffer.from(pieces.join('')) };
}

type RejectedRow = Awaited<ReturnType<Ports['store']['imports']['rowsAt']>>[number];

/**
 * The columns as they came, and behind them the line and the reason; those of an earlier round are left out. What a row has
 * too much stands behind all that: dropped again as it is, the row is refused again.
 * @param isBeginning whether the header goes before them
 */
export function rejectedCsv(
  record: Pick<StoredImport, 'header' | 'mapping'>,
  rows: readonly RejectedRow[],
  isBeginning = true,
): string {
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
  const head = isBeginning ? [[...whole(header), ...REJECTED_COLUMNS]] : [];
  return writeCsv([...head, ...rows.map(written)], { bom: isBeginning });
}

const cellsOf = (cells: string | null): string[] => JSON.parse(cells ?? '[]') as string[];
