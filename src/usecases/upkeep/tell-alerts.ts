import { type AlertKind, judge, type Signs, stepsOf, wordsOfAlert } from '../../domain/alerts';
import type { Ports } from '../ports';
import { tellAdmins } from '../posts/tell-admins';
import type { Pulse } from './pulse';

const MINUTE_MS = 60_000;
const CHANNEL = 'channel:';

export interface AlertSources {
  readonly pulse: Pulse;
  /** False where replies are polled: then Twilio's list is how they come. */
  readonly expectsWebhooks: boolean;
  /** Null when the disk could not be asked. */
  readonly room: () => Signs['disk'];
}

/**
 * Admins hear of trouble when it begins and when it is over, once each: what stands is in the database before it is told,
 * and a post has a key of its own, so that neither a restart nor a second process tells it again.
 */
export async function tellAlerts(ports: Ports, sources: AlertSources): Promise<void> {
  const { store, clock } = ports;
  const now = clock.now();
  const judged = judge(await signsOf(ports, sources), now);
  const { begin, end } = stepsOf(await store.alerts.all(), judged, now);
  if (begin.length + end.length > 0) {
    await store.transaction(async (tx) => {
      for (const { kind, detail } of begin) {
        await tx.alerts.begin(kind, { at: now, detail });
        await tx.audit.append({
          at: now,
          actor: 'app',
          action: 'alert.begin',
          subject: `alert:${kind}`,
          detail: { detail },
        });
      }
      for (const kind of end) {
        await tx.alerts.end(kind, now);
        await tx.audit.append({ at: now, actor: 'app', action: 'alert.end', subject: `alert:${kind}` });
      }
    });
  }
  for (const alert of await store.alerts.all()) {
    if (alert.told) continue;
    const key = `alert:${alert.kind}:${alert.since.getTime()}${alert.endedAt === null ? '' : ':over'}`;
    if (await tellAdmins(ports, { key, text: wordsOfAlert(alert) })) await store.alerts.markTold(alert);
  }
}

async function signsOf({ store, clock }: Ports, { pulse, expectsWebhooks, room }: AlertSources): Promise<Signs> {
  const { texts, oldest } = await store.alerts.uncertain();
  const oldestMinutes = oldest === null ? 0 : (clock.now().getTime() - oldest.getTime()) / MINUTE_MS;
  return {
    sending: pulse.sending,
    twilioFailsSince: earlier(pulse.twilioFailsSince, pulse.asksFailSince) ?? (pulse.isHeard ? 'answers' : null),
    uncertain: { texts, oldestMinutes },
    webhooks: { ...pulse.webhooks },
    replies: expectsWebhooks ? { ...pulse.replies } : null,
    posts: await store.alerts.refusedPosts(),
    disk: room(),
    backup: pulse.backup,
    channelsWell: await channelsWell(store),
  };
}

const earlier = (one: Date | null, other: Date | null): Date | null =>
  one === null || other === null ? (one ?? other) : one < other ? one : other;

async function channelsWell(store: Ports['store']): Promise<string[]> {
  const standing = (await store.alerts.all()).filter(({ kind, endedAt }) => isOfChannel(kind) && endedAt === null);
  const well: string[] = [];
  for (const { kind, since } of standing) {
    const channel = kind.slice(CHANNEL.length);
    if (await store.alerts.tookPostsSince(channel, since)) well.push(channel);
  }
  return well;
}

const isOfChannel = (kind: string): kind is AlertKind => kind.startsWith(CHANNEL);
