import { requireRight } from '../permissions';
import type { Ports } from '../ports';
import { previewImport } from './read-import';

export interface DroppedFile {
  readonly fileId: string;
  readonly fileName: string;
  /** The message that it was shared in, where that is known: the same file may be shared again, and is read again then. */
  readonly messageTs?: string | undefined;
  /** Where its card goes. */
  readonly channel: string;
  readonly threadTs?: string | undefined;
}

export const importKey = (importId: number): string => `import:${importId}`;

/** Slack tells of a message with three files in four events and more: who may not bring them in is told so once. */
export const isFirstRefusal = ({ store, clock }: Ports, { fileId, messageTs }: DroppedFile): Promise<boolean> =>
  store.housekeeping.takeEvent(`file-refused:${messageTs ?? fileId}`, clock.now());

/**
 * Takes a file that somebody put into Slack: the card appears at once, the preview follows when it is read.
 * @returns null when this file of this message is being imported already: Slack tells of a file twice
 * @throws AppError FORBIDDEN
 */
export async function startImport(ports: Ports, file: DroppedFile, actor: string): Promise<number | null> {
  await requireRight(ports, actor, 'patients.import');
  const at = ports.clock.now();
  const importId = await ports.store.transaction(async (tx) => {
    if (await tx.imports.isBegun(file)) return null;
    const id = await tx.imports.begin({
      key: file.messageTs === undefined ? `file:${file.fileId}` : `file:${file.fileId}:${file.messageTs}`,
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
    const detail = { fileId: file.fileId };
    await tx.audit.append({ at, actor, action: 'import.start', subject: importKey(id), detail });
    return id;
  });
  ports.wake.posts();
  if (importId !== null) void previewImport(ports, importId);
  return importId;
}
