import { listCampaigns } from '../../../usecases/campaigns/list-campaigns';
import { statusBlocks } from '../../blocks/lists';
import type { Asked } from '../asked';

export const status = async ({ ports, user, show }: Asked): Promise<unknown> =>
  show(statusBlocks(await listCampaigns(ports, user)));
