/** Reviewers are reminded once when a request has waited for so long, in ms. */
export const REMIND_AFTER_MS = 4 * 3_600_000;
/** A request that nobody decided is closed after so long, in ms: what it says may not be true any more. */
export const EXPIRE_AFTER_MS = 24 * 3_600_000;

export interface WaitingRequest {
  readonly askedAt: Date;
  readonly remindedAt: Date | null;
}

/**
 * What a request that waits needs now.
 * @param isWaking whether it is an hour at which staff may be disturbed; a reminder waits for one, the end does not
 */
export const approvalDue = (
  { askedAt, remindedAt }: WaitingRequest,
  now: Date,
  isWaking: boolean,
): 'remind' | 'expire' | null => {
  const waited = now.getTime() - askedAt.getTime();
  if (waited >= EXPIRE_AFTER_MS) return 'expire';
  return waited >= REMIND_AFTER_MS && remindedAt === null && isWaking ? 'remind' : null;
};
