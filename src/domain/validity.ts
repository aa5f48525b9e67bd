/** Twilio's bounds of ValidityPeriod, in seconds. */
const LONGEST = 36_000;
/**
 * With less time left than this a text is not handed over any more, in seconds. Twilio advises more than five, and its
 * answer may take a while.
 */
export const SHORTEST_VALIDITY = 15;
/**
 * Taken off, in seconds: Twilio counts from when it takes the text, and a call that hangs may be carried out as late as
 * its time-outs allow.
 */
const MARGIN = 20;

/**
 * Seconds after which Twilio must drop what it still queues, so that nothing is sent once the window has closed.
 * @param until when texting this patient ends; null = not foreseeable
 * @returns null when too little time is left to hand the text over
 */
export const validityPeriod = (now: Date, until: Date | null): number | null => {
  if (until === null) return LONGEST;
  const seconds = Math.floor((until.getTime() - now.getTime()) / 1000) - MARGIN;
  return seconds < SHORTEST_VALIDITY ? null : Math.min(seconds, LONGEST);
};
