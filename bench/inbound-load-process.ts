import { getExpectedTwilioSignature } from 'twilio/lib/webhooks/webhooks';
import type { Latencies, Sent } from './inbound-load';

const EVERY_MS = 200;

/** Signed webhooks, five a second, from a process of its own: nothing else that the bench does delays them. */
class Load {
  private latencies: number[] = [];
  private readonly under = new Set<Promise<void>>();
  private readonly timer: NodeJS.Timeout;
  private sent = 0;
  private failed = 0;

  constructor(
    private readonly app: string,
    private readonly env: NodeJS.ProcessEnv,
  ) {
    this.timer = setInterval(() => {
      const call = this.text().finally(() => this.under.delete(call));
      this.under.add(call);
    }, EVERY_MS);
  }

  /** What was measured since the last time. */
  take(): Latencies {
    const sorted = this.latencies.sort((a, b) => a - b);
    this.latencies = [];
    const at = (share: number): number => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
    return { p50: at(0.5), p99: at(0.99), worst: sorted.at(-1) ?? 0, count: sorted.length };
  }

  async stop(): Promise<Sent> {
    clearInterval(this.timer);
    await Promise.all(this.under);
    return { texts: this.sent - this.failed, failed: this.failed };
  }

  private async text(): Promise<void> {
    const nth = (this.sent += 1);
    const url = `${this.app}/twilio/inbound`;
    const body = {
      MessageSid: `SM${String(nth).padStart(32, '0')}`,
      AccountSid: this.env.TWILIO_ACCOUNT_SID ?? '',
      From: `+1617${5_560_000 + (nth % 1_000)}`,
      To: this.env.TWILIO_FROM ?? '',
      Body: 'Is the clinic open on Saturday?',
      NumMedia: '0',
    };
    const signature = getExpectedTwilioSignature(this.env.TWILIO_AUTH_TOKEN ?? '', url, body);
    const headers = { 'x-twilio-signature': signature, 'content-type': 'application/x-www-form-urlencoded' };
    const began = performance.now();
    const answer = await fetch(url, { method: 'POST', headers, body: new URLSearchParams(body) }).catch(() => null);
    if (answer?.status !== 200) this.failed += 1;
    this.latencies.push(performance.now() - began);
  }
}

const load = new Load(process.argv[2] ?? '', process.env);
process.on('message', (order: 'take' | 'stop') => {
  if (order === 'take') process.send?.(load.take());
  else void load.stop().then((sent) => process.send?.(sent));
});
