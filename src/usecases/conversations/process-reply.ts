import { autoAnswerFor } from '../../domain/expected-replies';
import { type ClassifiedReply, classifyReply } from '../../domain/reply-classification';
import type { StoredConversation } from '../../store/conversations';
import type { StoredMessage } from '../../store/messages';
import type { Tx } from '../../store/store';
import type { Ports } from '../ports';
import { skipQueuedTo } from '../messages/message-changed';
import { expectedRepliesOf } from '../templates/stored-replies';
import { answerByItself } from './automatic-answers';
import { answerAfterHours } from './after-hours';
import { conversationFor } from './route-conversation';
import { mediaOf, showReply } from './show-reply';

/** A reply belongs to the newest campaign that was sent to the number within this time, in ms. */
const ANSWERS_WITHIN_MS = 30 * 24 * 3_600_000;

/** One text's work, within a transaction: the rule is classifyReply's; here follows what it means. */
export async function processReply(ports: Ports, tx: Tx, message: StoredMessage): Promise<void> {
  const now = ports.clock.now();
  const last = await tx.messages.lastCampaignText(
    message.phone,
    new Date(message.createdAt.getTime() - ANSWERS_WITHIN_MS),
  );
  const campaignId = last?.campaignId ?? null;
  const known = await conversationFor(ports, tx, { message, campaignId, at: now });
  const phone = await tx.patients.phone(message.phone);
  const expected = expectedRepliesOf(campaignId === null ? [] : await tx.templates.repliesTo(campaignId));
  const wasOptedOut = phone?.optedOutAt != null;
  const settings = ports.clinic.conversations.current();
  const read = classifyReply({
    text: message.text,
    expected,
    optedOut: wasOptedOut,
    carrierSays: message.reason,
    emergencyWords: settings.emergencyWords,
  });
  await heedWill(tx, { message, read, wasOptedOut }, now);
  const conversation = await openFor(tx, { known, read, message });
  await tx.messages.finishInbound(message.id, {
    at: now,
    conversationId: conversation.id,
    replyClass: read.class,
    answer: read.answer ?? null,
    why: read.why,
    campaignId,
    patientId: conversation.patientId ?? last?.patientId ?? (await onlyPatientOn(tx, message.phone)),
  });
  const answered = expected.find(({ label }) => label === read.answer);
  const autoAnswer = answered ? autoAnswerFor(answered, await languageOf(tx, last?.patientId)) : null;
  await answerByItself({ ports, tx, now }, { message, read, conversation, autoAnswer, wasOptedOut });
  if (needsPerson(read)) await answerAfterHours(ports, tx, { message, conversation, now });
  if (mediaOf(message).length > 0 || isShown(read, { known, replyThreads: settings.replyThreads }))
    await showReply(tx, { conversation, message, read }, now);
  if (campaignId !== null) await tx.posts.touch(`campaign:${campaignId}`);
}

const languageOf = async (tx: Tx, patientId: number | null | undefined): Promise<string | null> =>
  patientId == null ? null : ((await tx.patients.byId(patientId))?.language ?? null);

/** STOP ends texting at once, also for what is queued; START undoes it. Both are on the record. */
async function heedWill(
  tx: Tx,
  { message, read, wasOptedOut }: { message: StoredMessage; read: ClassifiedReply; wasOptedOut: boolean },
  now: Date,
): Promise<void> {
  const change = (optedOut: boolean) => ({ before: { optedOut: wasOptedOut }, after: { optedOut } });
  const record = { at: now, actor: 'patient', subject: `message:${message.id}` };
  if (read.class === 'opt_out') {
    await tx.patients.optOut(message.phone, { at: message.createdAt, via: 'reply' });
    await skipQueuedTo(tx, message.phone, now);
    await tx.audit.append({ ...record, action: 'phone.opt_out', detail: change(true) });
  }
  if (read.class === 'opt_in' && !(await isOutdated(tx, message))) {
    await tx.patients.optIn(message.phone);
    await tx.audit.append({ ...record, action: 'phone.opt_in', detail: change(false) });
  }
}

/** A START that is read again after a restore does not undo what somebody else wrote down after it was sent. */
async function isOutdated(tx: Tx, { phone, createdAt }: StoredMessage): Promise<boolean> {
  const known = await tx.patients.phone(phone);
  return known?.optedOutAt != null && known.optedOutVia !== 'reply' && createdAt < known.optedOutAt;
}

async function onlyPatientOn(tx: Tx, phone: string): Promise<number | null> {
  const [one, ...others] = await tx.patients.byPhone(phone);
  return others.length > 0 ? null : (one?.id ?? null);
}

const needsPerson = (read: ClassifiedReply): boolean =>
  read.class === 'unexpected' || read.class === 'urgent' || read.emergencyWord !== undefined;

/**
 * A clinic may want expected replies counted only. But "yes" in a conversation that staff are holding answers them, and not
 * the campaign: it is always shown.
 */
const isShown = (
  read: ClassifiedReply,
  { known, replyThreads }: { known: StoredConversation; replyThreads: 'all' | 'unexpected' },
): boolean => replyThreads === 'all' || read.class !== 'expected' || !(isNew(known) || known.state === 'RESOLVED');

/** Begun by this very text. */
const isNew = ({ lastInboundAt, takenBy, state }: StoredConversation): boolean =>
  lastInboundAt === null && takenBy === null && state === 'OPEN';

/**
 * What needs a person opens the conversation again, for whoever takes it; so does any answer that staff wait for. An
 * expected answer to a campaign leaves it as it is.
 */
async function openFor(
  tx: Tx,
  { known, read, message }: { known: StoredConversation; read: ClassifiedReply; message: StoredMessage },
): Promise<StoredConversation> {
  const isAnswer = known.state === 'WAITING';
  const state = needsPerson(read) || isAnswer ? 'OPEN' : isNew(known) ? 'RESOLVED' : known.state;
  const changes = {
    state,
    lastInboundAt: message.createdAt,
    // Whoever had it resolved it, and may have gone home.
    ...(known.state === 'RESOLVED' && state === 'OPEN' ? { takenBy: null, takenAt: null } : {}),
    ...(needsPerson(read) && known.waitingSince === null ? { waitingSince: message.createdAt } : {}),
  };
  await tx.conversations.update(known.id, changes);
  return { ...known, ...changes };
}
