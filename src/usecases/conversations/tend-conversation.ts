import type { Action } from '../../domain/permissions';
import type { StoredConversation } from '../../store/conversations';
import type { Tx } from '../../store/store';
import { skipQueuedTo } from '../messages/message-changed';
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
  /** What the record says of it, before and after. */
  readonly detail: (
    conversation: StoredConversation,
    actor: string,
  ) => { readonly before: object; readonly after: object };
}

/** Somebody looks after it: nothing has to be reminded of. */
const LOOKED_AFTER = { waitingSince: null, remindedAt: null } as const;

/** What the buttons of a conversation's head card do. */
export const CONVERSATION_CHANGES = {
  take: {
    right: 'conversations.answer',
    action: 'conversation.take',
    apply: (tx, { id }, { actor, at }) => tx.conversations.update(id, { takenBy: actor, takenAt: at, ...LOOKED_AFTER }),
    detail: ({ takenBy }, actor) => ({ before: { takenBy }, after: { takenBy: actor } }),
  },
  resolve: {
    right: 'conversations.answer',
    action: 'conversation.resolve',
    apply: (tx, { id }) => tx.conversations.update(id, { state: 'RESOLVED', ...LOOKED_AFTER }),
    detail: ({ state }) => ({ before: { state }, after: { state: 'RESOLVED' } }),
  },
  optOut: {
    right: 'conversations.optOut',
    action: 'phone.opt_out',
    apply: async (tx, { phone }, { actor, at }) => {
      await tx.patients.optOut(phone, { at, via: 'staff', note: actor });
      await skipQueuedTo(tx, phone, at);
    },
    detail: () => ({ before: { optedOut: false }, after: { optedOut: true } }),
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
  const { right, action, apply, detail }: Change = CONVERSATION_CHANGES[change];
  await requireRight(ports, actor, right);
  const at = ports.clock.now();
  await ports.store.transaction(async (tx) => {
    const conversation = await tx.conversations.byId(conversationId);
    if (!conversation) throw notFound('conversation', conversationId);
    await apply(tx, conversation, { actor, at });
    await tx.audit.append({ at, actor, action, subject: headKey(conversationId), detail: detail(conversation, actor) });
    await tx.posts.touch(headKey(conversationId));
  });
  ports.wake.posts();
}

/** Of several patients on the number, the one who wrote. Recorded, shown, and told of the newest reply. @throws AppError FORBIDDEN, NOT_FOUND */
export async function sayWhichPatient(
  ports: Ports,
  { conversationId, patientId, actor }: { conversationId: number; patientId: number; actor: string },
): Promise<void> {
  await requireRight(ports, actor, 'conversations.answer');
  const at = ports.clock.now();
  await ports.store.transaction(async (tx) => {
    const conversation = await tx.conversations.byId(conversationId);
    const patient = await tx.patients.byId(patientId);
    if (!conversation || patient?.phone !== conversation.phone) throw notFound('patient', patientId);
    await tx.conversations.update(conversationId, { patientId, patientSaidBy: actor });
    const reply = await tx.conversations.lastReply(conversationId);
    if (reply) await tx.messages.isFrom(reply.id, patientId);
    const subject = headKey(conversationId);
    const detail = { before: { patientId: conversation.patientId }, after: { patientId } };
    await tx.audit.append({ at, actor, action: 'conversation.which_patient', subject, patientId, detail });
    await tx.posts.touch(headKey(conversationId));
  });
  ports.wake.posts();
}
