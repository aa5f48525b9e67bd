import { validityPeriod } from '../../domain/validity';
import type { TextKind } from '../../domain/texting-rules';
import type { WindowWatch } from '../../domain/window-watch';
import type { Claimed } from '../../store/claimed';
import type { Ports, SendOutcome } from '../ports';

/** One call to Twilio and what became of it; `held`: the window was too near its end, so Twilio was not called. */
export interface Result {
  readonly claimed: Claimed;
  readonly outcome:
    SendOutcome | { readonly kind: 'held'; readonly until: Date | null } | { readonly kind: 'unwanted' };
}

const kindOf = ({ purpose }: Claimed): TextKind => (purpose === 'CAMPAIGN' ? 'campaign' : 'conversation');

/** When texting this patient ends: with the window, or later for somebody who has just written to us. */
export const textableUntil = (claimed: Claimed, windows: WindowWatch, now: Date): Date | null => {
  const window = windows.at(claimed.zones, now, kindOf(claimed));
  const answer = claimed.answerableUntil;
  if (!window.open) return answer ?? now;
  return window.until !== null && answer !== null && answer > window.until ? answer : window.until;
};

/** The second look at the clock, at the moment before the call; then the call. */
export async function handOver(
  ports: Pick<Ports, 'sms' | 'clock'>,
  claimed: Claimed,
  windows: WindowWatch,
): Promise<Result> {
  const now = ports.clock.now();
  const validity = validityPeriod(now, textableUntil(claimed, windows, now));
  if (validity === null) {
    // Still open for some seconds: look again when it has closed, to learn of the next opening.
    return { claimed, outcome: { kind: 'held', until: windows.at(claimed.zones, now, kindOf(claimed)).until } };
  }
  const { phone: to, text, attemptId } = claimed;
  const pictures = JSON.parse(claimed.media ?? '[]') as string[];
  try {
    return { claimed, outcome: await ports.sms.send({ to, text, attemptId, validityPeriod: validity, pictures }) };
  } catch {
    // A gateway tells what happened and throws nothing; if it does, nobody knows.
    return { claimed, outcome: { kind: 'unknown' } };
  }
}
