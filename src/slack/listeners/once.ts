import { createHash } from 'node:crypto';
import type { AnyMiddlewareArgs, Middleware } from '@slack/bolt';
import type { Ports } from '../../usecases/ports';

/**
 * What Slack delivers again carries the same id (event_id for events, trigger_id for what a person pressed or typed) and says
 * the same. What says something else is another delivery, whatever its id: it must not be passed over in silence.
 */
export function deliveryKey(body: Readonly<Record<string, unknown>>): string | null {
  if (typeof body.event_id === 'string') return `event:${body.event_id}:${digest(body.event)}`;
  if (typeof body.trigger_id === 'string') return `trigger:${body.trigger_id}:${digest(saidIn(body))}`;
  return null;
}

interface Said {
  readonly type?: unknown;
  readonly command?: unknown;
  readonly text?: unknown;
  readonly user_id?: unknown;
  readonly user?: { readonly id?: unknown };
  readonly message?: { readonly ts?: unknown };
  readonly actions?: readonly Readonly<Record<string, unknown>>[];
  readonly view?: { readonly id?: unknown; readonly callback_id?: unknown; readonly state?: unknown };
}

function saidIn({ type, command, text, user_id, user, message, actions, view }: Said): unknown[] {
  const pressed = actions?.map((action) => ({ ...action, action_ts: null }));
  return [type, command, text, user_id ?? user?.id, message?.ts, pressed, view?.id, view?.callback_id, view?.state];
}

const digest = (said: unknown): string =>
  createHash('sha256')
    .update(JSON.stringify(said ?? null))
    .digest('base64url')
    .slice(0, 22);

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
