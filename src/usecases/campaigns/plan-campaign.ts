import { type AudiencePreview, readPreview } from '../../domain/audience-preview';
import { type OtherSend, planSend, type PlannedPlace } from '../../domain/send-plan';
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
