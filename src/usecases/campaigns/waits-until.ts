import type { WindowWatch } from '../../domain/window-watch';
import type { Tx } from '../../store/store';
import type { Ports } from '../ports';

/** When the window next opens for the first of those who wait; null when it is open for some of them, or nobody waits. */
export async function waitsUntil(
  { store, clock }: Pick<Ports, 'clock'> & { readonly store: Pick<Tx, 'campaigns'> },
  windows: WindowWatch,
  campaign: { readonly id: number; readonly zoneSets: string },
): Promise<Date | null> {
  const waiting = await store.campaigns.waitingKeys(campaign.id, JSON.parse(campaign.zoneSets) as string[]);
  const states = waiting.map((key) => windows.at(key, clock.now(), 'campaign'));
  if (states.some(({ open }) => open)) return null;
  const openings = states.flatMap(({ until }) => (until === null ? [] : [until.getTime()]));
  return openings.length === 0 ? null : new Date(Math.min(...openings));
}
