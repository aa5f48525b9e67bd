import type { CampaignCard, StatusPage, StatusRow } from '../../domain/cards/card';
import { can } from '../../domain/permissions';
import { notFound, requireRight } from '../permissions';
import type { Ports } from '../ports';
import { campaignCard, countsOf } from './campaign-cards';
import { sendingStopped } from './stop-all';

/** The newest campaigns with their counts. @throws AppError FORBIDDEN */
export async function listCampaigns(ports: Ports, actor: string): Promise<StatusPage> {
  await requireRight(ports, actor, 'responses.read');
  const roles = await ports.directory.roles();
  const rows: StatusRow[] = [];
  for (const { id, state, recipients, startAt, templateVersion } of await ports.store.campaigns.recent(20)) {
    const counts = countsOf(await ports.store.campaigns.counts(id));
    rows.push({ campaignId: id, name: templateVersion.template.name, state, recipients, counts, startAt });
  }
  const may = {
    control: can(actor, 'campaigns.control', roles),
    stopAll: can(actor, 'campaigns.stopAll', roles),
  };
  return { stopped: await sendingStopped(ports.store), rows, may };
}

/** One campaign, as its own card shows it. @throws AppError FORBIDDEN, NOT_FOUND */
export async function showCampaign(ports: Ports, campaignId: number, actor: string): Promise<CampaignCard> {
  await requireRight(ports, actor, 'responses.read');
  const card = await campaignCard(ports, campaignId);
  if (!card) throw notFound('send', campaignId);
  return card;
}
