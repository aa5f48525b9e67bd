import { autoAnswerFor } from '../../domain/expected-replies';
import { type ClassifiedReply, classifyReply } from '../../domain/reply-classification';
import type { StoredConversation } from '../../store/conversations';
import type { StoredMessage } from '../../store/messages';
import type { Tx } from '../../store/store';
import type { Ports } from '../ports';
import { skipQueuedTo } from '../messages/message-changed';
import { expectedRepliesOf } from '../templates/stored-replies';
import { answerByItself } from './automatic-answers';
import { nextTexts } from './next-texts';
import { answerAfterHours } from './after-hours';
import { conversationFor } from './route-conversation';
import { mediaOf, showReply } from './show-reply';

/** A reply belongs to the newest campaign that was sent to the number within this time, in ms. */
const ANSWERS_WITHIN_MS = 30 * 24 * 3_600_000;

/** Texts in one transaction, in ms of work: a commit costs a disk flush, and whoever comes in meanwhile waits as long. */
const SLICE_MS = 15;
/** After so long, in ms, it is looked again who is next: in a rush a round takes seconds, and somebody may be in danger. */
const ROUND_MS = 1_000;

/**
 * What follows from a patient's text once it is on disk, in the order of arrival. A text's work is done wholly or not at
 * all, and one that fails is tried again without holding up other phones.
 */
export async function processInbound(ports: Ports): Promise<void> {
  for (;;) {
    await ports.door.calm();
    const batch = await nextTexts(ports, ports.clinic.conversations.current().emergencyWords);
    const isWell = await workOn(ports, batch);
    ports.wake.posts();
    ports.wake.dispatch();
    if (batch.length === 0 || !isWell) return;
  }
}

/** @returns whether none failed */
async function workOn(ports: Ports, batch: readonly StoredMessage[]): Promise<boolean> {
  const end = performance.now() + ROUND_MS;
  for (let done = 0; done < batch.length && performance.now() < end;) {
    await ports.door.calm();
    const slice = await workOnSome(ports, batch.slice(done));
    if (slice === null) return oneByOne(ports, batch.slice(done));
    done += slice;
  }
  return true;
}

/** As many as go into one slice, and at least one. @returns how many; null when one failed, and none is done */
async function workOnSome(ports: Ports, batch: readonly StoredMessage[]): Promise<number | null> {
  const end = performance.now() + SLICE_MS;
  try {
    return await ports.store.transaction(async (tx) => {
      let done = 0;
      for (const message of batch) {
        if (done > 0 && performance.now() >= end) break;
        await processOne(ports, tx, message);
        done += 1;
      }
      return done;
    });
  } catch {
    return null; // Which one it was, oneByOne finds out and logs.
  }
}

/** In order per phone: behind a text that failed, the same phone's next one waits. @returns whether none failed */
async function oneByOne(ports: Ports, batch: readonly StoredMessage[]): Promise<boolean> {
  const failed = new Set<string>();
  for (const message of batch) {
    if (failed.has(message.phone)) continue;
    await ports.door.calm();
    try {
      await ports.store.transaction((tx) => processOne(ports, tx, message));
    } catch (err) {
      failed.add(message.phone);
      ports.log.error({ err, messageId: message.id }, 'a reply could not be worked on; it is tried again');
    }
  }
  return failed.size === 0;
}

async function processOne(ports: Ports, tx: Tx, message: StoredMessage): Promise<void> {
  const now = ports.clock.now();
  const last = await tx.messages.lastCampaignText(
    message.phone,
    new Date(message.createdAt.getTime() - ANSWERS_WITHIN_MS),
  );
  const known = await conversationFor(ports, tx, { message, last, at: now });
  const phone = await tx.patients.phone(message.phone);
  const expected = expectedRepliesOf(last?.campaign?.templateVersion.replies ?? []);
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
    campaignId: last?.campaignId ?? null,
    patientId: conversation.patientId ?? last?.patientId ?? null,
  });
  const answered = expected.find(({ label }) => label === read.answer);
  const patient = last?.patientId == null ? null : await tx.patients.byId(last.patientId);
  const autoAnswer = answered ? autoAnswerFor(answered, patient?.language ?? null) : null;
  await answerByItself({ ports, tx, now }, { message, read, conversation, autoAnswer, wasOptedOut });
  if (needsPerson(read)) await answerAfterHours(ports, tx, { message, conversation, now });
  if (mediaOf(message).length > 0 || isShown(read, { known, replyThreads: settings.replyThreads }))
    await showReply(tx, { conversation, message, read }, now);
  if (last?.campaignId != null) await tx.posts.touch(`campaign:${last.campaignId}`);
}

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
