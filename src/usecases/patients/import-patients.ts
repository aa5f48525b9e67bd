import type { ImportSummary } from '../../domain/cards/import-card';
import { AppError } from '../../domain/errors';
import type { StoredImport } from '../../store/imports';
import { notFound, requireRight } from '../permissions';
import type { Ports } from '../ports';
import { cardMover } from './card-mover';
import { alreadyDecided } from './import-errors';
import { previewImport } from './read-import';
import { importKey } from './start-import';
import { UNDO_FOR_MS } from './undo-import';

/**
 * Writes what the preview showed. From here on the import is decided: whatever dies, it is written to its end. A preview
 * that is stale is read anew instead.
 * @throws AppError FORBIDDEN, NOT_FOUND, IMPORT_DECIDED when it is no longer waiting, IMPORT_STALE when patients of the file
 *   have changed since, ENGINE_STOPPED
 */
export async function confirmImport(ports: Ports, importId: number, actor: string): Promise<void> {
  await requireRight(ports, actor, 'patients.import');
  const decided = { state: 'APPLYING' as const, decidedBy: actor, decidedAt: ports.clock.now() };
  await ports.store.transaction(async (tx) => {
    const record = await tx.imports.byId(importId);
    if (!record) throw notFound('import', importId);
    if (!(await tx.imports.move(importId, ['READY'], decided))) throw alreadyDecided(importId, record.state);
    await tx.posts.touch(importKey(importId));
  });
  ports.wake.posts();
  await finishImport(ports, importId);
}

/**
 * Writes an import that was confirmed, from where it is. Done by two at once, each line is written once.
 * @throws AppError IMPORT_STALE, ENGINE_STOPPED
 */
export async function finishImport(ports: Ports, importId: number): Promise<void> {
  const { store } = ports;
  const record = await store.imports.byId(importId);
  if (record?.state !== 'APPLYING') return;
  const at = record.decidedAt ?? ports.clock.now();
  const result = await ports.imports.apply(
    { importId, at, readAt: record.readAt ?? record.createdAt, rows: rowsOf(record) },
    cardMover(ports, importId),
  );
  if (result === 'STALE') {
    await readAnew(ports, importId);
    throw staleImport(importId);
  }
  await recordApplied(ports, record);
  ports.wake.posts();
}

/** How many rows write something. */
export const rowsOf = ({ summary }: Pick<StoredImport, 'summary'>): number => {
  const { new: added, changed } = JSON.parse(summary) as ImportSummary;
  return added + changed;
};

/** It is all written: said once, whoever comes to this. Its rows are kept while Undo may ask for them. */
export async function recordApplied(
  { store, clock }: Pick<Ports, 'store' | 'clock'>,
  record: StoredImport,
): Promise<void> {
  const { id, decidedBy, requestedBy, decidedAt, summary } = record;
  const at = decidedAt ?? clock.now();
  const undoUntil = new Date(clock.now().getTime() + UNDO_FOR_MS);
  await store.transaction(async (tx) => {
    if (!(await tx.imports.move(id, ['APPLYING'], { state: 'APPLIED', appliedAt: at, undoUntil }))) return;
    const { rows, new: added, changed, rejected } = JSON.parse(summary) as ImportSummary;
    const detail = { rows, added, changed, rejected };
    const actor = decidedBy ?? requestedBy;
    await tx.audit.append({ at, actor, action: 'import.apply', subject: importKey(id), detail });
    await tx.posts.touch(importKey(id));
  });
}

async function readAnew(ports: Ports, importId: number): Promise<void> {
  await ports.store.transaction(async (tx) => {
    await tx.imports.move(importId, ['APPLYING'], { state: 'READY', decidedBy: null, decidedAt: null });
    await tx.imports.readAgain(importId, {});
    await tx.posts.touch(importKey(importId));
  });
  ports.wake.posts();
  void previewImport(ports, importId);
}

/** @throws AppError FORBIDDEN, IMPORT_DECIDED */
export async function cancelImport(ports: Ports, importId: number, actor: string): Promise<void> {
  await requireRight(ports, actor, 'patients.import');
  const at = ports.clock.now();
  await ports.store.transaction(async (tx) => {
    const canceled = await tx.imports.move(importId, ['READING', 'NEEDS_COLUMNS', 'READY'], {
      state: 'CANCELED',
      decidedBy: actor,
      decidedAt: at,
    });
    if (!canceled) throw alreadyDecided(importId, (await tx.imports.byId(importId))?.state ?? 'APPLIED');
    await tx.audit.append({ at, actor, action: 'import.cancel', subject: importKey(importId) });
    await tx.posts.touch(importKey(importId));
  });
  ports.wake.posts();
  await ports.imports.dropRows(importId);
}

const staleImport = (importId: number): AppError =>
  new AppError('IMPORT_STALE', {
    message: `patients of import ${importId} have changed since its preview`,
    userMessage:
      'Some of these patients were changed by another import since this preview, so the file is being read again. Look at the new numbers, then press Confirm.',
  });
