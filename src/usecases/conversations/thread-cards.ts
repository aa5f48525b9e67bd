import type { NoteCard } from '../../domain/cards/card';
import type { HeldCard, LateCard, ReminderCard, StaffTextCard } from '../../domain/cards/thread-cards';
import { slackToSms } from '../../domain/message-text';
import { readWindowKey } from '../../domain/window-key';
import { WindowWatch } from '../../domain/window-watch';
import type { StoredMessage } from '../../store/messages';
import { markOfMessage } from '../posts/show-mark';
import type { Ports } from '../ports';
import { whoOf } from './conversation-cards';
import type { LateMessage } from './late-message';

const DAY_MS = 24 * 3_600_000;

const onPatientsClock = (at: Date, zone: string, withDay: boolean): string =>
  new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    ...(withDay && { weekday: 'short' }),
    hour: 'numeric',
    minute: '2-digit',
  })
    .format(at)
    .replace(/[\u00a0\u202f]/g, ' ');

/** When texting opens for somebody, and what time it is there; null while it is open. */
export function closedNow(
  { clinic, clock }: Pick<Ports, 'clinic' | 'clock'>,
  zones: string,
): { now: string; opens: string | null } | null {
  const now = clock.now();
  const window = new WindowWatch(clinic.textingHours.current).at(zones, now, 'conversation');
  if (window.open) return null;
  const zone = readWindowKey(zones).zones[0] ?? clinic.timeZone;
  const { until } = window;
  const isFar = until !== null && until.getTime() - now.getTime() >= DAY_MS;
  return {
    now: onPatientsClock(now, zone, false),
    opens: until === null ? null : onPatientsClock(until, zone, isFar),
  };
}

/** @param keptBy the post's body: who has said that it may wait */
export async function heldCard(ports: Ports, messageId: number, keptBy: string | null): Promise<HeldCard | null> {
  const message = await ports.store.messages.byId(messageId);
  if (!message) return null;
  const closed = closedNow(ports, message.zones ?? '');
  const { sendNowBy: by, sendNowReason: reason } = message;
  return {
    kind: 'held',
    messageId,
    state: heldState(message, { isClosed: closed !== null, now: ports.clock.now() }),
    writtenBy: message.sentBy,
    now: closed?.now ?? '',
    opens: closed?.opens ?? null,
    keptBy,
    sentNow: by === null || reason === null ? null : { by, reason },
  };
}

function heldState(
  { state, answerableUntil }: StoredMessage,
  { isClosed, now }: { isClosed: boolean; now: Date },
): HeldCard['state'] {
  if (state === 'QUEUED') return isClosed && !(answerableUntil !== null && answerableUntil > now) ? 'waiting' : 'going';
  if (['SENDING', 'UNCERTAIN'].includes(state)) return 'going';
  return ['SUBMITTED', 'DELIVERED', 'UNDELIVERED', 'FAILED'].includes(state) ? 'gone' : 'ended';
}

export function lateCard(channel: string, body: string): LateCard {
  const { message, decision, decidedBy } = JSON.parse(body) as LateMessage;
  const { ts, user: writtenBy } = message;
  return { kind: 'late', channel, ts, writtenBy, text: slackToSms(message.text), decision, decidedBy };
}

export async function staffTextCard({ store }: Ports, messageId: number): Promise<StaffTextCard | null> {
  const message = await store.messages.byId(messageId);
  if (!message) return null;
  const mark = markOfMessage(message);
  const { text, sentBy: writtenBy, createdAt: at } = message;
  return { kind: 'staff-text', text, writtenBy, at, mark: mark === 'note' ? 'done' : mark };
}

/** What a reminder keeps: the conversations as they were when it was written. */
export interface Reminder {
  readonly hours: number;
  readonly conversations: readonly { readonly id: number; readonly since: number; readonly urgent: boolean }[];
}

export async function reminderCard({ store, clinic, room }: Ports, body: string): Promise<ReminderCard> {
  const { hours, conversations } = JSON.parse(body) as Reminder;
  const rows: ReminderCard['rows'][number][] = [];
  for (const { id, since, urgent } of conversations) {
    const conversation = await store.conversations.byId(id);
    if (!conversation) continue;
    const { channel, threadTs, phone } = conversation;
    const permalink = threadTs === null ? null : await room.permalink({ channel, ts: threadTs });
    rows.push({ who: await whoOf({ store }, phone), urgent, since: new Date(since), permalink });
  }
  const onCall = rows.some(({ urgent }) => urgent) ? clinic.conversations.current().onCall : null;
  return { kind: 'reminder', hours, onCall, rows };
}

/** What is left where a conversation has been: where it goes on. */
export async function movedCard({ store }: Ports, conversationId: number, channel: string): Promise<NoteCard | null> {
  const conversation = await store.conversations.byId(conversationId);
  if (!conversation) return null;
  return {
    kind: 'note',
    text: `➡️ ${await whoOf({ store }, conversation.phone)}: this conversation goes on in <#${channel}>.`,
  };
}
