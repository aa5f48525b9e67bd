import type { StoredMessage } from '../../store/messages';
import type { Mark, Ports, PostOutcome } from '../ports';

interface MarkPost {
  readonly ref: number;
  readonly channel: string;
  readonly threadTs: string | null;
  readonly body: string | null;
}

/** The mark on a staff member's message: given with the post, or following the state of the text that it became. */
export async function showMark(ports: Ports, post: MarkPost): Promise<PostOutcome> {
  const mark = (post.body as Mark | null) ?? markOfMessage(await ports.store.messages.byId(post.ref));
  return ports.room.mark({ channel: post.channel, ts: post.threadTs ?? '' }, mark);
}

/** ✅ from the carrier's acceptance on: some carriers never confirm delivery. A failure reported later still shows. */
export function markOfMessage(message: Pick<StoredMessage, 'state' | 'twilioStatus'> | null): Mark {
  if (!message) return 'failed';
  if (message.state === 'DELIVERED') return 'done';
  if (message.state === 'SUBMITTED') return message.twilioStatus === 'sent' ? 'done' : 'waiting';
  return ['QUEUED', 'SENDING', 'UNCERTAIN'].includes(message.state) ? 'waiting' : 'failed';
}
