import type { WebClient } from '@slack/web-api';
import type { Place, PostOutcome } from '../usecases/ports';
import { rejectedComment, rejectedFileName } from './blocks/rejected-file';
import { outcomeOf } from './outcomes';
import { ifReadable } from './patiently';

/** Slack's clock and ours may differ by this much. */
const SKEW_SECONDS = 60;

interface RejectedFile {
  readonly of: string;
  readonly rows: number;
  readonly all: number;
  readonly content: Buffer;
  readonly id: string;
}

/** A file carries no metadata: its title ends in our id, so that it can be found again. */
export const titleOf = (id: string): string =>
  `(${id
    .replace(/^rejected:/, 'import ')
    .replace(/^picture:/, 'no. ')
    .replace(':', '.')})`;

/** Puts the rows that could not be used beside the card of their import. */
export async function uploadRejected(client: WebClient, place: Place, file: RejectedFile): Promise<PostOutcome> {
  const name = rejectedFileName(file.of);
  const title = `${name} ${titleOf(file.id)}`;
  const { channel, threadTs } = place;
  const where = threadTs === undefined ? { channel_id: channel } : { channel_id: channel, thread_ts: threadTs };
  try {
    const shown = { filename: name, title, file: file.content, initial_comment: rejectedComment(file) };
    await client.filesUploadV2({ ...where, ...shown });
    return { kind: 'posted', channel, ts: file.id };
  } catch (error) {
    return outcomeOf(error);
  }
}

interface Page {
  readonly messages?: readonly { readonly files?: readonly { readonly title?: string | undefined }[] }[];
  readonly response_metadata?: { readonly next_cursor?: string | undefined } | undefined;
}

/** Looks through what stands in the place since the attempt. @returns the id, when the file is there */
export async function findFile(
  client: WebClient,
  { channel, threadTs }: Place,
  { id, since }: { id: string; since: Date },
): Promise<string | null> {
  const oldest = String(since.getTime() / 1000 - SKEW_SECONDS);
  for (let cursor = ''; ;) {
    const paging = { channel, oldest, limit: 200, ...(cursor === '' ? {} : { cursor }) };
    const page: Page | null = await ifReadable<Page>(() =>
      threadTs === undefined
        ? client.conversations.history(paging)
        : client.conversations.replies({ ...paging, ts: threadTs }),
    );
    if (page === null) return null;
    const files = (page.messages ?? []).flatMap((message) => message.files ?? []);
    if (files.some(({ title }) => title?.endsWith(titleOf(id)))) return id;
    cursor = page.response_metadata?.next_cursor ?? '';
    if (cursor === '') return null;
  }
}
