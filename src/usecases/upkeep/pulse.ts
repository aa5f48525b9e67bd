import type { SendOutcome, SmsGateway } from '../ports';
import { explainError } from '../../domain/twilio-errors';

/** Twilio's code for it. */
const BAD_CREDENTIALS = 20003;

/** What this process has seen since it started: for alerts and metrics. Nothing of it is kept. */
export class Pulse {
  /** Calls to Twilio by what became of them. */
  readonly outcomes: Record<SendOutcome['kind'], number> = { accepted: 0, refused: 0, not_sent: 0, unknown: 0 };
  sending: number | 'accepted' | null = null;
  twilioFailsSince: Date | null = null;
  asksFailSince: Date | null = null;
  /** Twilio has answered once. */
  isHeard = false;
  readonly webhooks = { refusedInRow: 0, good: false };
  readonly replies = { missed: 0, good: false };
  backup: 'made' | 'failed' | null = null;

  sent(outcome: SendOutcome, at: Date): void {
    this.outcomes[outcome.kind] += 1;
    this.isHeard ||= outcome.kind === 'accepted';
    const isAnswer = outcome.kind === 'accepted' || outcome.kind === 'refused';
    this.twilioFailsSince = isAnswer ? null : (this.twilioFailsSince ?? at);
    if (outcome.kind === 'accepted') this.sending = 'accepted';
    if (outcome.kind === 'refused' && explainError(outcome.code).action === 'stop all') this.sending = outcome.code;
  }

  /** Twilio was asked for replies. Who is refused there can send nothing either, and nothing goes out before it is answered. */
  asked(error: unknown, at: Date): void {
    this.isHeard ||= error === null;
    this.asksFailSince = error === null ? null : (this.asksFailSince ?? at);
    const status = (error as { status?: unknown } | null)?.status;
    if (status === 401 || status === 403) this.sending = BAD_CREDENTIALS;
    if (error === null && this.sending === BAD_CREDENTIALS) this.sending = 'accepted';
  }

  webhookRefused = (): void => {
    this.webhooks.refusedInRow += 1;
  };

  webhookCame(kind: 'reply' | 'report'): void {
    Object.assign(this.webhooks, { refusedInRow: 0, good: true });
    if (kind === 'reply') Object.assign(this.replies, { missed: 0, good: true });
  }

  /** Replies that a webhook should have brought, and Twilio's list did. */
  repliesMissed(count: number): void {
    this.replies.missed += count;
  }

  /** The same gateway; what became of its calls is noted. */
  watch<T extends SmsGateway>(sms: T, now: () => Date): T {
    const send: SmsGateway['send'] = async (request) => {
      const outcome = await sms.send(request);
      this.sent(outcome, now());
      return outcome;
    };
    const listInbound: SmsGateway['listInbound'] = async (since) => {
      try {
        const found = await sms.listInbound(since);
        this.asked(null, now());
        return found;
      } catch (err) {
        this.asked(err, now());
        throw err;
      }
    };
    return { ...sms, send, listInbound };
  }
}
