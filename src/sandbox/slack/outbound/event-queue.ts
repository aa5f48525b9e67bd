/** Events on their way to the app: not acknowledged in time, an event is sent again, up to three times. */
import { newId, secondsOf } from '../ids';
import type { SandboxClock } from '../../clock';
import type { SlackOptions } from '../context';
import type { Json, World } from '../model';
import type { AppLink } from './app-link';
import type { AppEvent } from './event-payloads';
import type { AppAnswer } from './signed-post';

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

export const createEventQueue = (parts: EventQueueParts): EventQueue => {
  const delays = parts.options.redeliveryDelaysMs ?? [100, 1000, 5000];
  const sent: Sent[] = [];
  const timers = new Set<NodeJS.Timeout>();
  let closed = false;

  const later = (delayMs: number, run: () => void): void => {
    if (closed) return;
    const timer = setTimeout(() => {
      timers.delete(timer);
      run();
    }, delayMs);
    timers.add(timer);
  };

  const attempt = async (one: Sent, retryNumber: number, reason: string): Promise<void> => {
    one.attempts += 1;
    const retry = retryNumber === 0 ? undefined : { number: retryNumber, reason };
    const answer = await parts.link.send('events_api', one.envelope, retry);
    one.acked ||= isAcked(answer);
    const delay = delays[retryNumber];
    const givenUp = answer.kind === 'answered' && answer.noRetry;
    if (one.acked || givenUp || delay === undefined) return;
    later(delay, () => void attempt(one, retryNumber + 1, reasonOf(answer)));
  };

  return {
    send: ({ subscription, channel, event }) => {
      const wanted = parts.options.events?.includes(subscription) ?? true;
      const isMember = parts.world.channels.get(channel)?.members.has(parts.world.app.botUserId) ?? false;
      if (!wanted || !isMember) return;
      const eventId = newId('Ev');
      const envelope = structuredClone(envelopeOf(parts, eventId, event));
      const one: Sent = { eventId, type: String(event['type']), attempts: 0, acked: false, envelope };
      sent.push(one);
      // Not within the call that caused it: Slack's answer to that call usually comes first.
      later(0, () => void attempt(one, 0, ''));
    },
    redeliver: async (eventId) => {
      const one = eventId === undefined ? sent.at(-1) : sent.find((candidate) => candidate.eventId === eventId);
      if (one === undefined) return undefined;
      one.attempts += 1;
      const answer = await parts.link.send('events_api', one.envelope, { number: 1, reason: 'http_timeout' });
      one.acked ||= isAcked(answer);
      return one;
    },
    deliveries: () => sent.map(({ eventId, type, attempts, acked }) => ({ eventId, type, attempts, acked })),
    close: () => {
      closed = true;
      for (const timer of timers) clearTimeout(timer);
    },
  };
};
