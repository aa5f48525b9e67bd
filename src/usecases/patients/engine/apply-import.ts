import { setTimeout as sleep } from 'node:timers/promises';
import type { DatabasePlace } from '../../../store/connection';
import { ImportApplying } from '../../../store/import-applying';
import type { ApplyJob, ApplyResult, Progress } from './engine';

/** So many patients are written in one transaction: it takes about as long as a blink, in which others wait. */
const AT_ONCE = 20_000;
/** A larger import is written in slices of so many lines, some 5 ms each: so long at most somebody else waits for the next. */
const SLICE = 500;
/** While nobody waits, so many are written in one transaction. */
const MOST_SLICES = 8;
/** Between two transactions others have their turn, in ms; other processes look in longer intervals than our own. */
const PAUSE_MS = 4;

class Stale extends Error {}

/**
 * Writes what the preview showed. Up to {@link AT_ONCE} patients in one transaction; more in steps that go on where they
 * were, whatever dies in between: see docs/decisions/007.
 */
export async function applyImport(place: DatabasePlace, job: ApplyJob, watch: Watch): Promise<ApplyResult> {
  const books = new ImportApplying(place, job.importId);
  try {
    const left = books.rowsLeft();
    // Never a word of success about rows that are nowhere.
    if (left === 0 && job.rows > 0 && books.appliedLine === 0) return 'STALE';
    const isLarge = left > AT_ONCE;
    // Begun is begun: what this import itself has written does not make it stale.
    const stopIfStale = (): void => {
      if (books.appliedLine === 0 && books.changedSince(job.readAt) > 0) throw new Stale();
    };
    // Over many rows this takes a second: not while everybody waits.
    if (isLarge) stopIfStale();
    await writeAll(books, job, { ...watch, check: isLarge ? null : stopIfStale });
    return 'APPLIED';
  } catch (error) {
    if (error instanceof Stale) return 'STALE';
    throw error;
  } finally {
    books.close();
  }
}

interface Watch {
  readonly progress: Progress;
  /** Whether somebody waits to write. */
  readonly isAwaited: () => boolean;
}

interface Writing extends Watch {
  /** Null: it is large, and was checked. */
  readonly check: (() => void) | null;
}

async function writeAll(books: ImportApplying, { at }: ApplyJob, writing: Writing): Promise<void> {
  const { check, progress } = writing;
  check?.();
  books.writeOptOuts(at);
  books.recordOptOuts(at);
  if (check) await progress(books.writeAll(at, check));
  else await writeInSteps(books, at, writing);
  books.recordOptOuts(at);
}

async function writeInSteps(books: ImportApplying, at: Date, { isAwaited, progress }: Watch): Promise<void> {
  const slices = { rows: SLICE, most: MOST_SLICES, isAwaited };
  for (let line = books.writeSlices(at, slices); line !== null; line = books.writeSlices(at, slices)) {
    await progress(line);
    await sleep(PAUSE_MS);
  }
}
