import { AppError } from '../../domain/errors';
import { mapColumns } from '../../domain/patient-file/columns';
import { readRecords } from '../../domain/patient-file/read';
import { notFound, requireRight } from '../permissions';
import type { Ports } from '../ports';
import { ImportPreview } from './import-preview';
import { EMPTY_SUMMARY } from './import-tally';

export interface DroppedFile {
  readonly fileId: string;
  readonly fileName: string;
  /** Where its card goes. */
  readonly channel: string;
  readonly threadTs?: string | undefined;
}

export const importKey = (importId: number): string => `import:${importId}`;

/**
 * Takes a file that somebody put into Slack: the card appears at once, the preview follows when it is read.
 * @returns null when this very file is being imported already: Slack tells of a file twice
 * @throws AppError FORBIDDEN
 */
export async function startImport(ports: Ports, file: DroppedFile, actor: string): Promise<number | null> {
  await requireRight(ports, actor, 'patients.import');
  const at = ports.clock.now();
  const importId = await ports.store.transaction(async (tx) => {
    const id = await tx.imports.begin({
      key: `file:${file.fileId}`,
      fileName: file.fileName,
      fileId: file.fileId,
      channel: file.channel,
      threadTs: file.threadTs ?? null,
      requestedBy: actor,
      createdAt: at,
    });
    if (id === null) return null;
    const { channel, threadTs } = file;
    await tx.posts.want({ key: importKey(id), kind: 'import', ref: id, channel, threadTs, priority: 3 }, at);
    return id;
  });
  ports.wake.posts();
  if (importId !== null) void previewImport(ports, importId);
  return importId;
}

/** Reads the file and stages what confirming would do. Begun again after a crash, it starts over. */
export async function previewImport(ports: Ports, importId: number): Promise<void> {
  const { store } = ports;
  const record = await store.imports.byId(importId);
  if (record?.state !== 'READING') return;
  try {
    await store.imports.dropRows(importId);
    const preview = await readFile(ports, importId, record.fileId ?? '');
    await store.groups.ensure(preview.tally.groupNames, ports.clock.now());
    const summary = JSON.stringify(preview.tally.summary());
    await store.imports.move(importId, ['READING'], { state: 'READY', summary });
  } catch (error) {
    const problem =
      error instanceof AppError ? error.userMessage : 'The file could not be fetched from Slack. Drop it again.';
    ports.log.warn({ err: error, importId }, 'an import was refused');
    await store.imports.move(importId, ['READING'], {
      state: 'REFUSED',
      problem,
      summary: JSON.stringify(EMPTY_SUMMARY),
    });
  }
  await store.posts.touch(importKey(importId));
  ports.wake.posts();
}

async function readFile(ports: Ports, importId: number, fileId: string): Promise<ImportPreview> {
  const file = await ports.room.openFile({ fileId });
  let preview: ImportPreview | undefined;
  for await (const record of readRecords(file)) {
    if (preview) {
      await preview.add(record);
      continue;
    }
    const columns = mapColumns(record.cells);
    if (!columns.ok) throw unreadableColumns(columns.problems);
    preview = new ImportPreview(ports, importId, columns.mapping);
  }
  if (!preview) throw unreadableColumns([]);
  await preview.flush();
  return preview;
}

function unreadableColumns(problems: readonly { readonly problem: string }[]): AppError {
  const ambiguous = problems.some(({ problem }) => problem === 'AMBIGUOUS');
  return new AppError('COLUMNS_NOT_FOUND', {
    message: 'the header row does not tell where the mobile numbers are',
    userMessage: ambiguous
      ? 'Two columns look like the same thing (for example two mobile numbers). Rename the one that should not be read, and drop the file again.'
      : 'No column with mobile numbers was found. Name it "Mobile" in the first row (and the id "Patient ID"), and drop the file again.',
  });
}

/**
 * Writes what the preview showed, in one transaction.
 * @throws AppError FORBIDDEN, NOT_FOUND, IMPORT_DECIDED when it is no longer waiting, IMPORT_STALE when patients of the file have changed since
 */
export async function confirmImport(ports: Ports, importId: number, actor: string): Promise<void> {
  await requireRight(ports, actor, 'patients.import');
  const at = ports.clock.now();
  await ports.store.transaction(async (tx) => {
    const record = await tx.imports.byId(importId);
    if (!record) throw notFound('import', importId);
    // First: what this very import has changed does not make it stale.
    if (record.state !== 'READY') throw alreadyDecided(importId, record.state);
    if ((await tx.imports.changedSince(importId, record.createdAt)) > 0) throw staleImport(importId);
    const decided = { state: 'APPLIED' as const, decidedBy: actor, decidedAt: at, appliedAt: at };
    if (!(await tx.imports.move(importId, ['READY'], decided))) throw alreadyDecided(importId, record.state);
    await tx.imports.apply(importId, at);
    for (const phone of await tx.imports.newOptOuts(importId)) {
      await tx.patients.optOut(phone, { at, via: 'file' });
      await tx.queue.skipQueuedTo(phone, at);
    }
    const { rows, new: added, changed, rejected } = JSON.parse(record.summary) as Record<string, number>;
    const detail = { rows, added, changed, rejected };
    await tx.audit.append({ at, actor, action: 'import.apply', subject: importKey(importId), detail });
    await tx.posts.touch(importKey(importId));
  });
  ports.wake.posts();
}

/** @throws AppError FORBIDDEN, IMPORT_DECIDED */
export async function cancelImport(ports: Ports, importId: number, actor: string): Promise<void> {
  await requireRight(ports, actor, 'patients.import');
  const at = ports.clock.now();
  await ports.store.transaction(async (tx) => {
    const canceled = await tx.imports.move(importId, ['READING', 'READY'], {
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

const alreadyDecided = (importId: number, state: string): AppError =>
  new AppError('IMPORT_DECIDED', {
    message: `import ${importId} is ${state}`,
    userMessage: `This import is ${state.toLowerCase()} already. Its card shows what happened.`,
  });

const staleImport = (importId: number): AppError =>
  new AppError('IMPORT_STALE', {
    message: `patients of import ${importId} have changed since its preview`,
    userMessage:
      'Some of these patients were changed by another import since this preview. Cancel it and drop the file again.',
  });
