import { setTimeout as sleep } from 'node:timers/promises';
import type { DatabasePlace } from '../../../store/connection';
import { ImportApplying } from '../../../store/import-applying';
import type { ApplyJob, ApplyResult, Progress } from './engine';

/** So many patients are written in one transaction: it takes about as long as a blink, in which others wait. */
const AT_ONCE = 20_000;
/** A larger import is written in steps of so many lines, some 20 ms each. */
const STEP = 2_000;
/** Between two steps others have their turn, in ms. */
const PAUSE_MS = 4;

class Stale extends Error {}

/**
 * Writes what the preview showed. Up to {@link AT_ONCE} patients in one transaction; more in steps that go on where they
 * were, whatever dies in between: see docs/decisions/007.
 */
export async function applyImport(place: DatabasePlace, job: ApplyJob, progress: Progress): Promise<ApplyResult> {
  const books = new ImportApplying(place, job.importId);
  try {
    const isLarge = books.rowsLeft() > AT_ONCE;
    // Begun is begun: what this import itself has written does not make it stale.
    const stopIfStale = (): void => {
      if (books.appliedLine === 0 && books.changedSince(job.readAt) > 0) throw new Stale();
    };
    // Over many rows this takes a second: not while everybody waits.
    if (isLarge) stopIfStale();
    await writeAll(books, job, { isLarge, check: isLarge ? undefined : stopIfStale, progress });
    books.makeLasting();
    return 'APPLIED';
  } catch (error) {
    if (error instanceof Stale) return 'STALE';
    throw error;
  } finally {
    books.close();
  }
}

interface Writing {
  readonly isLarge: boolean;
  readonly check: (() => void) | undefined;
  readonly progress: Progress;
}

async function writeAll(books: ImportApplying, { at }: ApplyJob, { isLarge, check, progress }: Writing): Promise<void> {
  if (check) check();
  books.writeOptOuts(at);
  books.recordOptOuts(at);
  for (;;) {
    const from = books.appliedLine;
    const to = isLarge ? books.endOfNext(from, STEP) : books.end(from);
    if (to === null) break;
    books.write({ from, to }, at, check);
    await progress(to);
    await sleep(PAUSE_MS);
  }
  books.recordOptOuts(at);
}
