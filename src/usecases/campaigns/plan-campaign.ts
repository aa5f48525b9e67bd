import { type AudiencePreview, readPreview } from '../../domain/audience-preview';
import { type OtherSend, planSend, type PlannedPlace } from '../../domain/send-plan';
import type { Ending } from '../../domain/cards/card';
import { WindowWatch } from '../../domain/window-watch';
import type { Ports } from '../ports';

/** When a campaign would be sent, place by place, if it started now or at its time, and what else is queued went on. */
export async function planOf(
  ports: Ports,
  campaign: { readonly id: number; readonly startAt: Date | null },
  preview: AudiencePreview,
): Promise<readonly PlannedPlace[]> {
  const { clock, clinic } = ports;
  const now = clock.now();
  const from = campaign.startAt !== null && campaign.startAt > now ? campaign.startAt : now;
  const windows = new WindowWatch(clinic.textingHours.current);
  return planSend({
    parts: preview.windows,
    from,
    rate: clinic.rate,
    others: await othersBefore(ports, campaign.id, from),
    windowAt: (key, at) => windows.at(key, at, 'campaign'),
  });
}

/**
 * When the last of a campaign that runs would go: at its own pace, where that is known, else at its share of the rate.
 * Null when nobody waits, or nobody can say.
 */
export async function endingOf(
  ports: Ports,
  campaign: { readonly id: number; readonly recipients: number; readonly pace: number | null },
  segments: number,
): Promise<Ending | null> {
  const { store, clock, clinic } = ports;
  const each = segments / Math.max(1, campaign.recipients);
  const pace = campaign.pace ?? 0;
  const rate = pace > 0 ? (pace / 60) * each : clinic.rate;
  const from = clock.now();
  const waiting = rate === 0 ? [] : await store.outcomes.waiting(campaign.id);
  if (waiting.length === 0) return null;
  const windows = new WindowWatch(clinic.textingHours.current);
  const places = planSend({
    parts: waiting.map(({ key, recipients }) => ({ key, recipients, segments: recipients * each })),
    from,
    rate,
    others: pace > 0 ? [] : await othersBefore(ports, campaign.id, from),
    windowAt: (key, at) => windows.at(key, at, 'campaign'),
  });
  const ends = places.map(({ endsAt }) => endsAt?.getTime() ?? Infinity);
  const at = Math.max(...ends);
  if (!Number.isFinite(at)) return null;
  return { at: new Date(at), left: (at - from.getTime()) / 60_000, hasBreak: places.some(({ late }) => late > 0) };
}

/** What runs now or is scheduled, with what is left of it: what has gone by now is taken as gone everywhere alike. */
async function othersBefore({ store, clock }: Ports, id: number, from: Date): Promise<OtherSend[]> {
  const others: OtherSend[] = [];
  for (const other of await store.campaigns.inState(['RUNNING', 'SCHEDULED'])) {
    const preview = readPreview(other.preview);
    if (other.id === id || preview === null || other.recipients === 0) continue;
    const queued = (await store.campaigns.counts(other.id)).get('QUEUED') ?? 0;
    const left = queued / other.recipients;
    const parts = preview.windows.map(({ key, recipients, segments }) => ({
      key,
      recipients: recipients * left,
      segments: segments * left,
    }));
    const begins = other.state === 'RUNNING' ? clock.now() : (other.startAt ?? clock.now());
    others.push({ from: begins < from ? from : begins, parts });
  }
  return others;
}
