import type { StatusRow } from '../../domain/cards/card';
import { requireRight } from '../permissions';
import type { Ports } from '../ports';
import { countsOf } from './campaign-cards';

/** The newest campaigns with their counts. @throws AppError FORBIDDEN */
export async function listCampaigns(ports: Ports, actor: string): Promise<StatusRow[]> {
  await requireRight(ports, actor, 'responses.read');
  const rows: StatusRow[] = [];
  for (const { id, state, recipients, startAt, templateVersion } of await ports.store.campaigns.recent(20)) {
    const counts = countsOf(await ports.store.campaigns.counts(id));
    rows.push({ campaignId: id, name: templateVersion.template.name, state, recipients, counts, startAt });
  }
  return rows;
}
