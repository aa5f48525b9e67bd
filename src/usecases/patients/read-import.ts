import { type ChosenColumns, type FileHead, findColumns, headerKey } from '../../domain/patient-file/ask-columns';
import type { ImportSummary } from '../../domain/cards/import-card';
import { AppError } from '../../domain/errors';
import { type FileRecord, readRecords } from '../../domain/patient-file/read';
import type { StoredImport } from '../../store/imports';
import type { Ports } from '../ports';
import { ImportPreview } from './import-preview';
import { EMPTY_SUMMARY } from './import-tally';
import { READING_ABANDONED, ReadingProgress } from './reading-progress';
import { wantRejectedRows } from './rejected-rows';

/** Rows that are shown when somebody has to say what the columns are. */
const SAMPLES = 3;

/** What a reading came to. */
type Read = { readonly state: 'READY'; readonly preview: ImportPreview } | { readonly state: 'NEEDS_COLUMNS' };

/** Reads the file and stages what confirming would do. Begun again after a crash, it starts over. */
export async function previewImport(ports: Ports, importId: number): Promise<void> {
  const { store, clock } = ports;
  const record = await store.imports.byId(importId);
  if (record?.state !== 'READING') return;
  const which = { importId, reading: record.reading };
  try {
    await store.imports.dropRows(importId);
    await store.imports.describe(importId, { readAt: clock.now() });
    const read = await readFile(ports, record);
    const summary = JSON.stringify(read.state === 'READY' ? read.preview.tally.summary() : EMPTY_SUMMARY);
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
  // Canceled meanwhile: what was staged since is nobody's.
  if (!isWanted && (await ports.store.imports.byId(importId))?.reading === which.reading)
    await ports.store.imports.dropRows(importId);
  await ports.store.posts.touch(`import:${importId}`);
  ports.wake.posts();
}

async function refuse(ports: Ports, which: { importId: number; reading: number }, error: unknown): Promise<void> {
  const isForeseen = error instanceof AppError;
  if (!isForeseen || error.code !== READING_ABANDONED)
    ports.log.warn({ err: error, importId: which.importId }, 'an import was refused');
  const problem = isForeseen ? error.userMessage : 'The file could not be fetched from Slack. Drop it again.';
  await finish(ports, which, { state: 'REFUSED', problem, summary: JSON.stringify(EMPTY_SUMMARY) });
}

async function readFile(ports: Ports, record: StoredImport): Promise<Read> {
  const { store, room } = ports;
  const file = await room.openFile({ fileId: record.fileId ?? '' });
  await store.imports.describe(record.id, { filePermalink: file.permalink });
  const progress = new ReadingProgress(ports, { importId: record.id, reading: record.reading }, file.size);
  const records = readRecords(progress.counted(file.bytes));
  const [header, ...first] = await take(records, 1 + SAMPLES);
  const chosen = await chosenColumns(ports, record, header?.cells ?? []);
  const found = findColumns(header?.cells ?? [], { kind: record.kind, chosen });
  const head: FileHead = {
    cells: header?.cells ?? [],
    samples: first.map(({ cells }) => cells),
    questions: found.ok ? [] : found.questions,
    mapping: found.ok ? found.mapping : null,
  };
  await store.imports.describe(record.id, { header: JSON.stringify(head) });
  if (!found.ok) {
    await records.return(undefined);
    return { state: 'NEEDS_COLUMNS' };
  }
  const preview = new ImportPreview(ports, record, found.mapping);
  const known = chosen?.noHeader === true && header ? [header, ...first] : first;
  for (const one of known) await preview.add(one);
  for await (const one of records) {
    await preview.add(one);
    await progress.tell(preview.rowsRead);
  }
  await preview.flush();
  return { state: 'READY', preview };
}

async function take(records: AsyncGenerator<FileRecord>, most: number): Promise<FileRecord[]> {
  const taken: FileRecord[] = [];
  while (taken.length < most) {
    const next = await records.next();
    if (next.done === true) break;
    taken.push(next.value);
  }
  return taken;
}

/** What somebody said of this file's columns, or of those of an earlier one with the same header. */
async function chosenColumns(
  { store }: Ports,
  record: StoredImport,
  header: readonly string[],
): Promise<ChosenColumns | null> {
  const mapping = record.mapping ?? (await store.imports.rememberedColumns(headerKey(header)));
  return mapping === null ? null : (JSON.parse(mapping) as ChosenColumns);
}
