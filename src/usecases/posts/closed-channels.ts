const FIRST_PAUSE_MS = 15_000;
/** Whoever mends a channel sees soon that it works again; one call a minute asks little of Slack. */
const LONGEST_PAUSE_MS = 60_000;

/** Channels that take none of our posts: archived, deleted, or without the app. One post at a time tries whether they do again. */
export class ClosedChannels {
  private readonly channels = new Map<string, { until: number; refusals: number }>();

  /** The channels that are not to be tried now. */
  at(now: Date): string[] {
    return [...this.channels].flatMap(([channel, { until }]) => (until > now.getTime() ? [channel] : []));
  }

  close(channel: string, now: Date): void {
    const refusals = (this.channels.get(channel)?.refusals ?? 0) + 1;
    const pause = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (refusals - 1));
    this.channels.set(channel, { until: now.getTime() + pause, refusals });
  }

  /** @returns whether it was closed until now */
  open(channel: string): boolean {
    return this.channels.delete(channel);
  }
}
