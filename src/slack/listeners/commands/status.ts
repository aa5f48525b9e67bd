import { listCampaigns, showCampaign } from '../../../usecases/campaigns/list-campaigns';
import { statusBlocks } from '../../blocks/status-list';
import { renderCard } from '../../blocks/render-card';
import type { Asked } from '../asked';
import { campaignNumber } from './control';

/** `/outreach status`: all of them; with a number: one, with its buttons. */
export async function status({ ports, user, words, show }: Asked): Promise<unknown> {
  const number = campaignNumber(words);
  if (number === null) return show(statusBlocks(await listCampaigns(ports, user)));
  return show(renderCard(await showCampaign(ports, number, user)));
}
