/** Events on their way to the app: not acknowledged in time, an event is sent again, up to three times. */
import { newId, secondsOf } from '../ids';
import type { SandboxClock } from '../../clock';
import type { SlackOptions } from '../options';
import type { Json, World } from '../model';
import type { AppLink } from './app-link';
import type { AppAnswer, Retry } from './envelope';

export interface AppEvent {
  /** The subscription's name: `message.channels`, `reaction_added`, … */
  readonly subscription: string;
  readonly channel: string;
  readonly event: Json;
}

export interface Delivery {
  readonly eventId: string;
  readonly type: string;
  attempts: number;
  acked: boolean;
}

export interface EventQueue {
  send(event: AppEvent): void;
  /** Sends it once more as a retry, whether it was acknowledged or not. Undefined: there is no such event. */
  redeliver(eventId?: string): Promise<Delivery | undefined>;
  deliveries(): readonly Delivery[];
  close(): void;
}

export interface EventQueueParts {
  readonly options: SlackOptions;
  readonly clock: SandboxClock;
  readonly world: World;
  readonly link: AppLink;
}

interface Sent extends Delivery {
  readonly envelope: Json;
}

const envelopeOf = ({ clock, world }: EventQueueParts, eventId: string, event: Json): Json => ({
  token: 'verification-token',
  team_id: world.team.id,
  context_team_id: world.team.id,
  context_enterprise_id: null,
  api_app_id: world.app.id,
  event,
  type: 'event_callback',
  event_id: eventId,
  event_time: secondsOf(clock),
  authorizations: [
    {
      enterprise_id: null,
      team_id: world.team.id,
      user_id: world.app.botUserId,
      is_bot: true,
      is_enterprise_install: false,
    },
  ],
  is_ext_shared_channel: false,
  event_context: `4-${eventId}`,
});

const reasonOf = (answer: AppAnswer): string => {
  if (answer.kind === 'timeout') return 'http_timeout';
  return answer.kind === 'unreachable' ? 'connection_failed' : 'http_error';
};

const isAcked = (answer: AppAnswer): boolean =>
  answer.kind === 'answered' && answer.status >= 200 && answer.status < 300;

/** Attempts, and further attempts after a while, until it is acknowledged or given up. */
const createCourier = ({ options, link }: EventQueueParts) => {
  const delays = options.redeliveryDelaysMs ?? [100, 1000, 5000];
  const timers = new Set<NodeJS.Timeout>();
  let isClosed = false;

  const later = (delayMs: number, run: () => void): void => {
    if (isClosed) return;
    const timer = setTimeout(() => {
      timers.delete(timer);
      run();
    }, delayMs);
    timers.add(timer);
  };

  const once = async (one: Sent, retry?: Retry): Promise<AppAnswer> => {
    one.attempts += 1;
    const answer = await link.send('events_api', one.envelope, retry);
    one.acked ||= isAcked(answer);
    return answer;
  };

  const persist = async (one: Sent, retry?: Retry): Promise<void> => {
    const answer = await once(one, retry);
    const number = retry?.number ?? 0;
    const delay = delays[number];
    const isGivenUp = answer.kind === 'answered' && answer.noRetry;
    if (one.acked || isGivenUp || delay === undefined) return;
    later(delay, () => void persist(one, { number: number + 1, reason: reasonOf(answer) }));
  };

  const close = (): void => {
    isClosed = true;
    for (const timer of timers) clearTimeout(timer);
  };
  // Not within the call that caused it: Slack's answer to that call usually comes first.
  return { once, dispatch: (one: Sent) => later(0, () => void persist(one)), close };
};

export const createEventQueue = (parts: EventQueueParts): EventQueue => {
  const { options, world } = parts;
  const courier = createCourier(parts);
  const sent: Sent[] = [];
  return {
    send: ({ subscription, channel, event }) => {
      const isWanted = options.events?.includes(subscription) ?? true;
      const isMember = world.channels.get(channel)?.members.has(world.app.botUserId) ?? false;
      if (!isWanted || !isMember) return;
      const eventId = newId('Ev');
      const envelope = structuredClone(envelopeOf(parts, eventId, event));
      const one: Sent = { eventId, type: String(event['type']), attempts: 0, acked: false, envelope };
      sent.push(one);
      courier.dispatch(one);
    },
    redeliver: async (eventId) => {
      const one = eventId === undefined ? sent.at(-1) : sent.find((candidate) => candidate.eventId === eventId);
      if (one !== undefined) await courier.once(one, { number: 1, reason: 'http_timeout' });
      return one;
    },
    deliveries: () => sent.map(({ eventId, type, attempts, acked }) => ({ eventId, type, attempts, acked })),
    close: courier.close,
  };
};
