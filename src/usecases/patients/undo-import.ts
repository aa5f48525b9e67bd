import { AppError } from '../../domain/errors';
import { notFound, requireRight } from '../permissions';
import type { Ports } from '../ports';
import { alreadyDecided } from './import-errors';
import { cardMover } from './card-mover';
import { importKey } from './start-import';

/** How long after it was applied an import can be undone, in ms. */
export const UNDO_FOR_MS = 3_600_000;

/**
 * Takes back what an import wrote: new patients leave the books, changed ones are as they were. Whoever was changed since is
 * left alone, and so is a new patient who was texted. Opt-outs stay: only the patient or an admin takes one back.
 * @throws AppError FORBIDDEN, NOT_FOUND, IMPORT_DECIDED, UNDO_TOO_LATE, ENGINE_STOPPED
 */
export async function undoImport(ports: Ports, importId: number, actor: string): Promise<void> {
  await requireRight(ports, actor, 'patients.import');
  const at = ports.clock.now();
  await ports.store.transaction(async (tx) => {
    const record = await tx.imports.byId(importId);
    if (!record) throw notFound('import', importId);
    if (record.state !== 'APPLIED') throw alreadyDecided(importId, record.state);
    if (record.undoUntil === null || record.undoUntil < at) throw tooLate(importId);
    if (!(await tx.imports.move(importId, ['APPLIED'], { state: 'UNDOING' })))
      throw alreadyDecided(importId, record.state);
    await tx.imports.describe(importId, { undone: JSON.stringify({ by: actor }) });
    await tx.posts.touch(importKey(importId));
  });
  ports.wake.posts();
  await finishUndo(ports, importId);
}

/** Goes on with what was begun, whatever died. @throws AppError ENGINE_STOPPED */
export async function finishUndo(ports: Ports, importId: number): Promise<void> {
  const { store, clock } = ports;
  const record = await store.imports.byId(importId);
  if (record?.state !== 'UNDOING' || record.appliedAt === null) return;
  const now = clock.now();
  await ports.imports.undo({ importId, appliedAt: record.appliedAt, now }, cardMover(ports, importId));
  await store.transaction(async (tx) => {
    if (!(await tx.imports.move(importId, ['UNDOING'], { state: 'UNDONE' }))) return;
    const undone = (await tx.imports.byId(importId))?.undone ?? '{}';
    const { by, ...counts } = JSON.parse(undone) as { by?: string };
    const actor = by ?? record.requestedBy;
    await tx.audit.append({ at: now, actor, action: 'import.undo', subject: importKey(importId), detail: counts });
    await tx.posts.touch(importKey(importId));
  });
  ports.wake.posts();
  await ports.imports.dropRows(importId);
}

/** An hour after it was applied an import stays, and what Undo would have needed is forgotten. */
export async function closeUndo(ports: Ports): Promise<void> {
  for (const { id } of await ports.store.imports.undoEnded(ports.clock.now())) {
    if (!(await ports.store.imports.endUndo(id))) continue;
    await ports.store.posts.touch(importKey(id));
    ports.wake.posts();
    await ports.imports.dropRows(id);
  }
}

const tooLate = (importId: number): AppError =>
  new AppError('UNDO_TOO_LATE', {
    message: `import ${importId} was applied more than an hour ago`,
    userMessage:
      'An import can be undone for an hour, and that is over. To set it right, drop a corrected file: it changes what is there.',
  });
