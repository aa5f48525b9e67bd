import { AppError } from '../../domain/errors';
import type { Action } from '../../domain/permissions';
import type { StoredConversation } from '../../store/conversations';
import type { Tx } from '../../store/store';
import { skipQueuedTo } from '../messages/message-changed';
import { notFound, requireRight } from '../permissions';
import type { Ports } from '../ports';
import { headKey } from './show-reply';

interface Context {
  readonly actor: string;
  readonly at: Date;
}

/** Two people press at once: the second has not seen that the first was faster, in ms. Later, Take takes over. */
const AT_ONCE_MS = 15_000;

interface Change {
  readonly right: Action;
  readonly action: string;
  /** Why there is nothing to do, for the one who pressed; empty where nobody has to be told; null when there is. */
  readonly done: (tx: Tx, conversation: StoredConversation, context: Context) => Promise<string | null> | string | null;
  readonly apply: (tx: Tx, conversation: StoredConversation, context: Context) => Promise<void>;
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
    done: (_tx, { takenBy, takenAt, waitingSince }, { actor, at }) => {
      if (takenBy === actor) return waitingSince === null ? '' : null;
      const isAtOnce = takenBy !== null && takenAt !== null && at.getTime() - takenAt.getTime() < AT_ONCE_MS;
      return isAtOnce
        ? `<@${takenBy}> took it a moment ago. If you are to go on instead, press Take again in a moment.`
        : null;
    },
    apply: (tx, { id }, { actor, at }) => tx.conversations.update(id, { takenBy: actor, takenAt: at, ...LOOKED_AFTER }),
    detail: ({ takenBy }, actor) => ({ before: { takenBy }, after: { takenBy: actor } }),
  },
  resolve: {
    right: 'conversations.answer',
    action: 'conversation.resolve',
    done: (_tx, { state }) => (state === 'RESOLVED' ? 'It is resolved already.' : null),
    apply: (tx, { id }) => tx.conversations.update(id, { state: 'RESOLVED', ...LOOKED_AFTER }),
    detail: ({ state }) => ({ before: { state }, after: { state: 'RESOLVED' } }),
  },
  optOut: {
    right: 'conversations.optOut',
    action: 'phone.opt_out',
    done: async (tx, { phone }) =>
      (await tx.patients.phone(phone))?.optedOutAt == null ? null : 'This number has opted out already.',
    apply: async (tx, { phone }, { actor, at }) => {
      await tx.patients.optOut(phone, { at, via: 'staff', note: actor });
      await skipQueuedTo(tx, phone, at);
    },
    detail: () => ({ before: { optedOut: false }, after: { optedOut: true } }),
  },
} as const satisfies Record<string, Change>;

/**
 * Pressed twice, or by two people at once, it is done once and recorded once; the second person is told.
 * @throws AppError FORBIDDEN, NOT_FOUND, ALREADY_DONE
 */
export async function tendConversation(
  ports: Ports,
  {
    conversationId,
    change,
    actor,
  }: { conversationId: number; change: keyof typeof CONVERSATION_CHANGES; actor: string },
): Promise<void> {
  const { right, action, done, apply, detail }: Change = CONVERSATION_CHANGES[change];
  await requireRight(ports, actor, right);
  const at = ports.clock.now();
  await ports.store.transaction(async (tx) => {
    const conversation = await tx.conversations.byId(conversationId);
    if (!conversation) throw notFound('conversation', conversationId);
    const why = await done(tx, conversation, { actor, at });
    if (why === '') return;
    if (why !== null) throw alreadyDone(conversationId, why);
    await apply(tx, conversation, { actor, at });
    await tx.audit.append({ at, actor, action, subject: headKey(conversationId), detail: detail(conversation, actor) });
    await tx.posts.touch(headKey(conversationId));
  });
  ports.wake.posts();
}

const alreadyDone = (conversationId: number, why: string): AppError =>
  new AppError('ALREADY_DONE', { message: `conversation ${conversationId}: done already`, userMessage: why });

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
