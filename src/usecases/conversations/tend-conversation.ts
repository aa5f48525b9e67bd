import type { Action } from '../../domain/permissions';
import type { StoredConversation } from '../../store/conversations';
import type { Tx } from '../../store/store';
import { notFound, requireRight } from '../permissions';
import type { Ports } from '../ports';
import { headKey } from './show-reply';

interface Change {
  readonly right: Action;
  readonly action: string;
  readonly apply: (
    tx: Tx,
    conversation: StoredConversation,
    context: { readonly actor: string; readonly at: Date },
  ) => Promise<void>;
}

/** What the buttons of a conversation's head card do. */
export const CONVERSATION_CHANGES = {
  take: {
    right: 'conversations.answer',
    action: 'conversation.take',
    apply: (tx, { id }, { actor, at }) => tx.conversations.update(id, { takenBy: actor, takenAt: at }),
  },
  resolve: {
    right: 'conversations.answer',
    action: 'conversation.resolve',
    apply: (tx, { id }) => tx.conversations.update(id, { state: 'RESOLVED' }),
  },
  optOut: {
    right: 'conversations.optOut',
    action: 'phone.opt_out',
    apply: async (tx, { phone }, { actor, at }) => {
      await tx.patients.optOut(phone, { at, via: 'staff', note: actor });
      for (const id of await tx.queue.skipQueuedTo(phone, at)) await tx.posts.touch(`campaign:${id}`);
    },
  },
} as const satisfies Record<string, Change>;

/** @throws AppError FORBIDDEN, NOT_FOUND */
export async function tendConversation(
  ports: Ports,
  {
    conversationId,
    change,
    actor,
  }: { conversationId: number; change: keyof typeof CONVERSATION_CHANGES; actor: string },
): Promise<void> {
  const { right, action, apply }: Change = CONVERSATION_CHANGES[change];
  await requireRight(ports, actor, right);
  const at = ports.clock.now();
  await ports.store.transaction(async (tx) => {
    const conversation = await tx.conversations.byId(conversationId);
    if (!conversation) throw notFound('conversation', conversationId);
    await apply(tx, conversation, { actor, at });
    await tx.audit.append({ at, actor, action, subject: headKey(conversationId) });
    await tx.posts.touch(headKey(conversationId));
  });
  ports.wake.posts();
}
