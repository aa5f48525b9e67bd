import { type ChosenColumns, type FileHead, findColumns, headerKey } from '../../../domain/patient-file/ask-columns';
import type { ColumnMapping } from '../../../domain/patient-file/columns';
import type { FileRecord } from '../../../domain/patient-file/file-record';
import { readBatches } from '../../../domain/patient-file/read';
import type { DatabasePlace } from '../../../store/connection';
import { dropRows } from '../../../store/import-applying';
import { ImportStaging } from '../../../store/import-staging';
import { ImportPreview } from '../import-preview';
import type { PreviewJob, PreviewResult, Progress } from './engine';

/** Rows that are shown when somebody has to say what the columns are. */
const SAMPLES = 3;

interface Feed {
  readonly source: AsyncIterable<Uint8Array>;
  readonly progress: Progress;
}

/**
 * Reads a file and stages what confirming would do; what an earlier reading staged is forgotten.
 * @throws AppError as `readBatches` does
 */
export async function previewFile(place: DatabasePlace, job: PreviewJob, feed: Feed): Promise<PreviewResult> {
  await dropRows(place, job.importId);
  const staging = new ImportStaging(place, job.importId);
  try {
    return await readInto(staging, job, feed);
  } finally {
    staging.close();
  }
}

async function readInto(staging: ImportStaging, job: PreviewJob, { source, progress }: Feed): Promise<PreviewResult> {
  const batches = readBatches(source);
  const beginning = await take(batches, 1 + SAMPLES);
  const [header, ...rest] = beginning;
  const { head, mapping, noHeader } = understood(staging, job, { header, first: rest.slice(0, SAMPLES) });
  if (mapping === null) {
    await batches.return(undefined);
    return { state: 'NEEDS_COLUMNS', head };
  }
  const preview = new ImportPreview(staging, job, mapping);
  const add = async (records: readonly FileRecord[]): Promise<void> => {
    for (const one of records) {
      preview.add(one);
      // Mostly there is nothing to wait for, and waiting for nothing costs as well.
      const told = progress(preview.rowsRead);
      if (told) await told;
    }
  };
  await add(noHeader ? beginning : rest);
  for await (const records of batches) await add(records);
  return { state: 'READY', head, summary: preview.finish() };
}

interface Beginning {
  readonly header: FileRecord | undefined;
  readonly first: readonly FileRecord[];
}

/** What the columns are, by what somebody said of this file or of an earlier one with the same header, or by their names. */
function understood(
  staging: ImportStaging,
  { kind, chosen: own }: PreviewJob,
  { header, first }: Beginning,
): { head: FileHead; mapping: ColumnMapping | null; noHeader: boolean } {
  const cells = header?.cells ?? [];
  const said = own ?? staging.rememberedColumns(headerKey(cells));
  const chosen = said === null ? null : (JSON.parse(said) as ChosenColumns);
  const found = findColumns(cells, { kind, chosen });
  const mapping = found.ok ? found.mapping : null;
  const samples = first.map((record) => record.cells);
  const head = { cells, samples, questions: found.ok ? [] : found.questions, mapping };
  return { head, mapping, noHeader: chosen?.noHeader === true };
}

/** The first batches, up to so many records at least. */
async function take(batches: AsyncGenerator<readonly FileRecord[]>, least: number): Promise<FileRecord[]> {
  const taken: FileRecord[] = [];
  while (taken.length < least) {
    const next = await batches.next();
    if (next.done === true) break;
    taken.push(...next.value);
  }
  return taken;
}
