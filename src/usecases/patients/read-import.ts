import type { ImportSummary } from '../../domain/cards/import-card';
import { AppError } from '../../domain/errors';
import type { StoredImport } from '../../store/imports';
import type { Ports } from '../ports';
import { ENGINE_STOPPED, type PreviewResult } from './engine/engine';
import { EMPTY_SUMMARY } from './import-tally';
import { READING_ABANDONED, ReadingProgress } from './reading-progress';
import { wantRejectedRows } from './rejected-rows';

/** What this process is reading right now, by its engine. */
const underWay = new WeakMap<Ports['imports'], Set<string>>();

/**
 * Reads the file and stages what confirming would do. Begun again after a crash, it starts over; asked for while this process
 * reads it (a file may come before what the former process has left is gone on with), it is read once.
 */
export async function previewImport(ports: Ports, importId: number): Promise<void> {
  const record = await ports.store.imports.byId(importId);
  if (record?.state !== 'READING') return;
  const mine = underWay.get(ports.imports) ?? new Set();
  underWay.set(ports.imports, mine);
  const key = `${importId}:${record.reading}`;
  if (mine.has(key)) return;
  mine.add(key);
  await read(ports, record).finally(() => mine.delete(key));
}

async function read(ports: Ports, record: StoredImport): Promise<void> {
  const { store, clock } = ports;
  const importId = record.id;
  const which = { importId, reading: record.reading };
  try {
    await store.imports.describe(importId, { readAt: clock.now() });
    const read = await readFile(ports, record);
    await store.imports.describe(importId, { header: JSON.stringify(read.head) });
    const summary = JSON.stringify(read.state === 'READY' ? read.summary : EMPTY_SUMMARY);
    await finish(ports, which, { state: read.state, summary });
  } catch (error) {
    await refuse(ports, which, error);
  }
}

async function finish(
  ports: Ports,
  which: { importId: number; reading: number },
  result: { state: 'READY' | 'NEEDS_COLUMNS' | 'REFUSED'; summary: string; problem?: string },
): Promise<void> {
  const { importId } = which;
  const isWanted = await ports.store.transaction(async (tx) => {
    if (!(await tx.imports.finishReading(which, result))) return false;
    const record = await tx.imports.byId(importId);
    const { rejected, duplicate } = JSON.parse(result.summary) as ImportSummary;
    if (record && rejected + duplicate > 0) await wantRejectedRows(tx, record, ports.clock.now());
    return true;
  });
  // Canceled meanwhile: what was staged since is nobody's. Read by somebody else meanwhile: it is theirs.
  if (!isWanted && (await ports.store.imports.byId(importId))?.state === 'CANCELED')
    await ports.imports.dropRows(importId);
  await ports.store.posts.touch(`import:${importId}`);
  ports.wake.posts();
}

async function refuse(ports: Ports, which: { importId: number; reading: number }, error: unknown): Promise<void> {
  const isForeseen = error instanceof AppError;
  // Nothing is wrong with the file: it is read when the app is started again.
  if (isForeseen && error.code === ENGINE_STOPPED) return;
  if (!isForeseen || error.code !== READING_ABANDONED)
    ports.log.warn({ err: error, importId: which.importId }, 'an import was refused');
  const problem = isForeseen ? error.userMessage : 'The file could not be fetched from Slack. Drop it again.';
  await finish(ports, which, { state: 'REFUSED', problem, summary: JSON.stringify(EMPTY_SUMMARY) });
}

async function readFile(ports: Ports, record: StoredImport): Promise<PreviewResult> {
  const { store, room, clinic, imports } = ports;
  const { id: importId, reading, kind, replaceGroups, mapping: chosen } = record;
  imports.warm();
  const file = await room.openFile({ fileId: record.fileId ?? '' });
  // Forms and events may bring no more than its id.
  const named = record.fileName === '' ? { fileName: file.name } : {};
  await store.imports.describe(importId, { filePermalink: file.permalink, ...named });
  const progress = new ReadingProgress(ports, { importId, reading }, file.size);
  const { country, timeZone } = clinic;
  const job = { importId, kind, replaceGroups, chosen, groups: [], clinic: { country, timeZone } };
  return imports.preview(job, progress.counted(file.bytes), (rows) => progress.tell(rows));
}
