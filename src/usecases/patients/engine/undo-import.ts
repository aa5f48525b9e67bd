import { setTimeout as sleep } from 'node:timers/promises';
import type { DatabasePlace } from '../../../store/connection';
import { ImportUndoing, type Undone } from '../../../store/import-undoing';
import type { Progress, UndoJob } from './engine';

/** So many patients are put back in one transaction. */
const AT_ONCE = 20_000;
/** More are put back in steps of so many lines, as they were written: see docs/decisions/007. */
const STEP = 2_000;
/** Between two steps others have their turn, in ms. */
const PAUSE_MS = 4;

/** Takes back what an import wrote, from where it is. */
export async function undoImport(place: DatabasePlace, job: UndoJob, progress: Progress): Promise<Undone> {
  const books = new ImportUndoing(place, job.importId, job.appliedAt);
  try {
    const atOnce = books.rows() <= AT_ONCE ? Number.MAX_SAFE_INTEGER : STEP;
    for (;;) {
      const lines = books.startOfNext(atOnce);
      if (lines === null) break;
      books.takeBack(lines, job.now);
      await progress(lines.from);
      await sleep(PAUSE_MS);
    }
    books.dropEmptyGroups();
    books.makeLasting();
    return books.undone();
  } finally {
    books.close();
  }
}
