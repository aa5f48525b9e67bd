import type { Ports } from '../ports';

/** The pace is that of the last minute, in ms; over less than five seconds nothing is said of it. */
const LOOKED_BACK_MS = 60_000;
const LEAST_MS = 5_000;
/** A change by less than this part is not worth a write. */
const WORTH_WRITING = 0.05;

interface Sample {
  readonly at: number;
  readonly sent: number;
}

/** How fast sends go, in texts a minute, from what has gone to Twilio; kept with the send, for its card. */
export class PaceWatch {
  private readonly samples = new Map<number, Sample[]>();

  constructor(private readonly ports: Pick<Ports, 'store' | 'clock'>) {}

  /** @param sent texts of the send that have gone to Twilio by now */
  async note({ id, pace }: { readonly id: number; readonly pace: number | null }, sent: number): Promise<void> {
    const at = this.ports.clock.now().getTime();
    const recent = (this.samples.get(id) ?? []).filter((one) => one.at > at - LOOKED_BACK_MS && one.at <= at);
    recent.push({ at, sent });
    this.samples.set(id, recent);
    const first = recent[0];
    if (!first || at - first.at < LEAST_MS) return;
    const now = Math.max(0, Math.round(((sent - first.sent) / (at - first.at)) * 60_000));
    if (pace === null || Math.abs(now - pace) > WORTH_WRITING * pace) await this.write(id, now);
  }

  /** It does not go any more, or not now. */
  async forget({ id, pace }: { readonly id: number; readonly pace: number | null }): Promise<void> {
    this.samples.delete(id);
    if (pace !== null) await this.write(id, null);
  }

  private write(id: number, pace: number | null): Promise<unknown> {
    return this.ports.store.outcomes.setPace(id, pace);
  }
}
