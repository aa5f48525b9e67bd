import { requireRight } from '../permissions';
import type { Ports } from '../ports';
import { previewImport } from './read-import';

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
    const detail = { fileId: file.fileId };
    await tx.audit.append({ at, actor, action: 'import.start', subject: importKey(id), detail });
    return id;
  });
  ports.wake.posts();
  if (importId !== null) void previewImport(ports, importId);
  return importId;
}
