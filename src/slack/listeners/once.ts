import type { AnyMiddlewareArgs, Middleware } from '@slack/bolt';
import type { Ports } from '../../usecases/ports';

/** What Slack delivers again carries the same id: event_id for events, trigger_id for what a person pressed or typed. */
function deliveryKey(body: Readonly<Record<string, unknown>>): string | null {
  if (typeof body.event_id === 'string') return `event:${body.event_id}`;
  if (typeof body.trigger_id === 'string') return `trigger:${body.trigger_id}`;
  return null;
}

/** Lets each delivery in once, whoever brings it again and however often: the key is on disk before the work begins. */
export const once =
  ({ store, clock }: Pick<Ports, 'store' | 'clock'>): Middleware<AnyMiddlewareArgs> =>
  async (args) => {
    const body = args.body as unknown as Readonly<Record<string, unknown>>;
    const key = deliveryKey(body);
    if (key === null || (await store.housekeeping.takeEvent(key, clock.now()))) return args.next();
    // Taken in before: acknowledge, so that Slack stops, and do nothing.
    const { ack } = args as { ack?: () => Promise<void> };
    await ack?.();
  };
