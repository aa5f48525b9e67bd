import type { ImportSummary } from '../../domain/cards/import-card';
import { AppError } from '../../domain/errors';
import type { Tx } from '../../store/store';
import { notFound, requireRight } from '../permissions';
import type { Ports } from '../ports';
import { alreadyDecided } from './import-errors';
import { previewImport } from './read-import';
import { importKey } from './start-import';

/**
 * Writes what the preview showed, in one transaction. A preview that is stale is read anew instead.
 * @throws AppError FORBIDDEN, NOT_FOUND, IMPORT_DECIDED when it is no longer waiting, IMPORT_STALE when patients of the file have changed since
 */
export async function confirmImport(ports: Ports, importId: number, actor: string): Promise<void> {
  await requireRight(ports, actor, 'patients.import');
  const at = ports.clock.now();
  const isFresh = await ports.store.transaction(async (tx) => {
    const record = await tx.imports.byId(importId);
    if (!record) throw notFound('import', importId);
    // First: what this very import has changed does not make it stale.
    if (record.state !== 'READY') throw alreadyDecided(importId, record.state);
    const isStale = (await tx.imports.changedSince(importId, record.readAt ?? record.createdAt)) > 0;
    if (isStale) await tx.imports.readAgain(importId, {});
    else await apply(tx, { importId, summary: JSON.parse(record.summary) as ImportSummary, actor, at });
    await tx.posts.touch(importKey(importId));
    return !isStale;
  });
  ports.wake.posts();
  if (isFresh) return;
  void previewImport(ports, importId);
  throw staleImport(importId);
}

interface Applying {
  readonly importId: number;
  readonly summary: ImportSummary;
  readonly actor: string;
  readonly at: Date;
}

async function apply(tx: Tx, { importId, summary, actor, at }: Applying): Promise<void> {
  const decided = { state: 'APPLIED' as const, decidedBy: actor, decidedAt: at, appliedAt: at };
  if (!(await tx.imports.move(importId, ['READY'], decided))) throw alreadyDecided(importId, 'APPLIED');
  const { rows, new: added, changed, rejected, groups, leaving } = summary;
  await tx.groups.ensure(groups, at);
  await tx.imports.apply(importId, at);
  if (leaving > 0) await tx.imports.applyLeaving(importId);
  for (const phone of await tx.imports.newOptOuts(importId)) {
    await tx.patients.optOut(phone, { at, via: 'file' });
    await tx.queue.skipQueuedTo(phone, at);
  }
  const detail = { rows, added, changed, rejected };
  await tx.audit.append({ at, actor, action: 'import.apply', subject: importKey(importId), detail });
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
    if (!canceled) throw alreadyDecided(importId, 'APPLIED');
    await tx.imports.dropRows(importId);
    await tx.audit.append({ at, actor, action: 'import.cancel', subject: importKey(importId) });
    await tx.posts.touch(importKey(importId));
  });
  ports.wake.posts();
}

const staleImport = (importId: number): AppError =>
  new AppError('IMPORT_STALE', {
    message: `patients of import ${importId} have changed since its preview`,
    userMessage:
      'Some of these patients were changed by another import since this preview, so the file is being read again. Look at the new numbers, then press Confirm.',
  });
