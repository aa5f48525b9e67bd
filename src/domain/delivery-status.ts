/**
 * What became of an outbound message. Twilio's callbacks come late, twice and out of order, so states have ranks and a
 * callback can only raise the rank: whatever the order, the same callbacks end in the same state.
 */
export const MESSAGE_STATES = [
  'QUEUED',
  'SENDING',
  'UNCERTAIN',
  'SUBMITTED',
  'DELIVERED',
  'UNDELIVERED',
  'FAILED',
  'SKIPPED',
  'CANCELED',
  'EXPIRED',
] as const;
export type MessageState = (typeof MESSAGE_STATES)[number];

/**
 * Delivered is highest, because a phone's receipt is the best evidence there is. What we ended ourselves (SKIPPED,
 * CANCELED, EXPIRED) ranks below Twilio's word on the end: when a cancellation came too late, the record says so. EXPIRED is
 * lowest of them, so that a late 30036 never puts back what was canceled.
 */
const RANK: Readonly<Record<MessageState, number>> = {
  QUEUED: 0,
  SENDING: 1,
  UNCERTAIN: 2,
  SUBMITTED: 3,
  EXPIRED: 4,
  SKIPPED: 5,
  CANCELED: 6,
  FAILED: 7,
  UNDELIVERED: 8,
  DELIVERED: 9,
};

/** Twilio's statuses of outbound messages. `receiving` and `received` are inbound and change nothing here. */
const STATE_OF_STATUS: ReadonlyMap<string, MessageState> = new Map([
  ['accepted', 'SUBMITTED'],
  ['scheduled', 'SUBMITTED'],
  ['queued', 'SUBMITTED'],
  ['sending', 'SUBMITTED'],
  ['sent', 'SUBMITTED'],
  ['delivered', 'DELIVERED'],
  ['read', 'DELIVERED'],
  // Not all of it arrived, so staff should look; a later `delivered` still wins.
  ['partially_delivered', 'UNDELIVERED'],
  ['undelivered', 'UNDELIVERED'],
  ['failed', 'FAILED'],
  ['canceled', 'CANCELED'],
]);

/** Twilio's code for "the validity period ended in the queue": nothing was sent, and nothing is wrong with the number. */
export const VALIDITY_ENDED = 30036;

/** Not `partially_delivered`: who has a part already must not get it all again. */
const NOTHING_SENT: ReadonlySet<string> = new Set(['failed', 'undelivered']);

export interface StatusReport {
  /** Twilio's MessageStatus, as it came. */
  readonly status: string;
  /** Twilio's ErrorCode, when there is one. */
  readonly errorCode?: number | null | undefined;
}

export interface StatusOutcome {
  readonly state: MessageState;
  /** False for what was known already, came too late, or says nothing new. */
  readonly changed: boolean;
  /**
   * The text waited in Twilio's queue until the texting window closed (30036): put it back for the next opening, unless
   * the sender chose that it expires. True once only, however often the callback is repeated.
   */
  readonly requeue: boolean;
}

/**
 * Applies one status report to the state of the attempt that it names. Keep to the attempt: after a requeue a late
 * callback about the earlier attempt must not touch the new one.
 */
export const applyStatus = (current: MessageState, { status, errorCode }: StatusReport): StatusOutcome => {
  const reported = STATE_OF_STATUS.get(status.toLowerCase());
  if (reported === undefined) return { state: current, changed: false, requeue: false };
  const ended = errorCode === VALIDITY_ENDED && NOTHING_SENT.has(status.toLowerCase());
  const next = ended ? 'EXPIRED' : reported;
  const changed = RANK[next] > RANK[current];
  return { state: changed ? next : current, changed, requeue: changed && ended };
};

/** {@link applyStatus} for those who need the state only. */
export const nextState = (current: MessageState, status: string, errorCode?: number | null): MessageState =>
  applyStatus(current, { status, errorCode }).state;

/** Twilio will say no more about it: the message's fate is known. */
export const isSettled = (state: MessageState): boolean => RANK[state] > RANK.SUBMITTED;

const ORDER = ['accepted', 'scheduled', 'queued', 'sending', 'sent', 'undelivered', 'failed', 'delivered', 'read'];

/** Whether Twilio said this before that, or says the same again. */
export const isEarlierStatus = (status: string, than: string | null): boolean =>
  than !== null && ORDER.indexOf(status) <= ORDER.indexOf(than);
