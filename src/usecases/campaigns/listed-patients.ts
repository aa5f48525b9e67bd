import type { Audience } from '../../domain/audience';
import { AudienceFile, type ListedPatient } from '../../domain/audience-file';
import type { AudiencePreview } from '../../domain/audience-preview';
import { readRecords } from '../../domain/patient-file/read';
import type { Ports } from '../ports';

const BATCH = 2_000;
/** Lines that are named on the card. */
const LINES_SHOWN = 10;

export interface Listed {
  readonly ids: number[];
  readonly unknown: AudiencePreview['unknown'];
}

/**
 * The known patients whom a send's own file names. Nobody is brought in by it: what is not known is counted.
 * @throws AppError FILE_UNREACHABLE, and what is no list (FILE_IS_…)
 */
export async function listedPatients(
  { store, room, clinic }: Pick<Ports, 'store' | 'room' | 'clinic'>,
  file: Audience['file'],
): Promise<Listed> {
  const ids = new Set<number>();
  const lines: number[] = [];
  let unknown = 0;
  const look = async (rows: readonly ListedPatient[]): Promise<void> => {
    const found = await store.recipients.matching(rows);
    const known = new Set(found.map(([line]) => line));
    for (const [, id] of found) ids.add(id);
    const missing = rows.filter(({ line }) => !known.has(line));
    unknown += missing.length;
    lines.push(...missing.slice(0, Math.max(0, LINES_SHOWN - lines.length)).map(({ line }) => line));
  };
  if (file !== null) {
    const reader = new AudienceFile(clinic.country);
    let batch: ListedPatient[] = [];
    for await (const record of readRecords((await room.openFile(file)).bytes)) {
      const row = reader.read(record);
      if (row) batch.push(row);
      if (batch.length < BATCH) continue;
      await look(batch);
      batch = [];
    }
    if (batch.length > 0) await look(batch);
  }
  return { ids: [...ids].sort((a, b) => a - b), unknown: { count: unknown, lines } };
}
