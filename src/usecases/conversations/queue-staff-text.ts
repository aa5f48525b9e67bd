import type { StoredConversation } from '../../store/conversations';
import type { StoredMessage } from '../../store/messages';
import type { Tx } from '../../store/store';
import { markKey } from '../messages/message-changed';
import type { Ports } from '../ports';
import { isHeld, showHeld } from './held-texts';
import { queueText } from './queue-text';
import { headKey } from './show-reply';

export interface StaffText {
  readonly conversation: StoredConversation;
  readonly text: string;
  /** Files in Slack, as `<id>.<jpg, png or gif>`. */
  readonly pictures?: readonly string[];
  readonly user: string;
  /** What it follows from: a message in Slack, a form. */
  readonly key: string;
  /** The message in the thread that carries the mark; none when it was written in a form. */
  readonly slack?: { readonly channel: string; readonly ts: string };
  /** When they wrote it. */
  readonly causedAt: Date;
  readonly at: Date;
}

/**
 * Queues what somebody of the staff wrote to a patient, with all that shows it in Slack: its mark, the card's state, who
 * has the patient, and until when it waits. Null when it was queued before.
 */
export async function queueStaffText(ports: Ports, staffText: StaffText): Promise<StoredMessage | null> {
  const { text, pictures = [], user, key, slack, causedAt, at } = staffText;
  return ports.store.transaction(async (tx) => {
    const conversation = await tx.conversations.byId(staffText.conversation.id);
    if (!conversation) return null;
    const { id: conversationId, phone, lastInboundAt } = conversation;
    const place = {
      ...(slack ? { slackChannel: slack.channel, slackTs: slack.ts } : {}),
      ...(pictures.length === 0 ? {} : { media: JSON.stringify(pictures) }),
    };
    const request = { key, purpose: 'CONVERSATION', phone, text, conversationId, sentBy: user, ...place } as const;
    const stored = await queueText(tx, { ...request, lastInboundAt, causedAt, at }, ports.clinic);
    if (!stored) return null;
    if (slack) await showMark(tx, { ...slack, messageId: stored.id }, at);
    await tellWhoHasIt(tx, { conversation, user }, at);
    await tx.conversations.update(conversationId, {
      state: 'WAITING',
      waitingSince: null,
      remindedAt: null,
      ...(conversation.takenBy === null ? { takenBy: user, takenAt: at } : {}),
    });
    await tx.posts.touch(headKey(conversationId));
    await tx.audit.append({ at, actor: user, action: 'conversation.text', subject: `message:${stored.id}` });
    if (isHeld(ports.clinic, stored, at)) await showHeld(tx, stored, at);
    return stored;
  });
}

async function showMark(
  tx: Tx,
  { channel, ts, messageId }: { channel: string; ts: string; messageId: number },
  at: Date,
): Promise<void> {
  const key = markKey(channel, ts);
  await tx.posts.want({ key, kind: 'mark', ref: messageId, channel, threadTs: ts, priority: 1 }, at);
}

/**
 * Two people write to one patient: the second is told who has it, once. The text goes out all the same: whoever writes has
 * read the thread, and a patient must not wait for two of us to agree.
 */
async function tellWhoHasIt(
  tx: Tx,
  { conversation, user }: { conversation: StoredConversation; user: string },
  at: Date,
): Promise<void> {
  const { id, takenBy, takenAt, channel } = conversation;
  if (takenBy === null || takenBy === user) return;
  const key = `shared:${id}:${takenAt?.getTime() ?? 0}:${user}`;
  if (await tx.posts.byKey(key)) return;
  const body = `👥 <@${user}> <@${takenBy}> has this patient. Your text goes out all the same. Agree who goes on, or press Take on the card at the top.`;
  await tx.posts.want({ key, kind: 'note', ref: id, channel, threadOf: headKey(id), body, priority: 1 }, at);
}
