/**
 * Promise 3 says that nobody is texted outside the texting window. It has these two exceptions, and no other; both are
 * written to `message.answerableUntil`, which the claim, the look before the call and the validity period go by.
 *
 * 1. Who has just written to us is answered, whatever the hour.
 * 2. A person of the staff decides, for one text to one patient and with a reason on the record, that it cannot wait. What
 *    cannot be handed over soon waits for the window after all: the reason was for then, not for the middle of the night.
 */
const ANSWERABLE_MS = 30 * 60_000;
const SEND_NOW_MS = 10 * 60_000;

export interface Exceptions {
  /** When the patient last wrote; null = never. */
  readonly lastInboundAt: Date | null;
  /** When staff decided that this text goes now; null = they did not. */
  readonly sendNowAt: Date | null;
}

/** Until when a text may go out although the window is closed, exclusive; null = it may not. */
export const answerableUntil = ({ lastInboundAt, sendNowAt }: Exceptions): Date | null => {
  const ends = [
    ...(lastInboundAt === null ? [] : [lastInboundAt.getTime() + ANSWERABLE_MS]),
    ...(sendNowAt === null ? [] : [sendNowAt.getTime() + SEND_NOW_MS]),
  ];
  return ends.length === 0 ? null : new Date(Math.max(...ends));
};

/** Why a text goes now: long enough to mean something to who reads the record, in characters. */
export const SHORTEST_REASON = 3;
export const LONGEST_REASON = 500;

/** A reason as people type it; null when it says nothing. */
export const readReason = (typed: string): string | null => {
  const reason = typed.replace(/\s+/g, ' ').trim();
  return reason.length < SHORTEST_REASON ? null : reason.slice(0, LONGEST_REASON);
};
