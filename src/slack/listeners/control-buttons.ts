import { controlCampaign } from '../../usecases/campaigns/control-campaign';
import { downloadResults } from '../../usecases/campaigns/download-results';
import { listCampaigns, showCampaign } from '../../usecases/campaigns/list-campaigns';
import { resumeAll, stopAll } from '../../usecases/campaigns/stop-all';
import { renderCard } from '../blocks/render-card';
import { IN_LIST, statusBlocks } from '../blocks/status-list';
import { pressed } from './pressed';

const control = (event: 'pause' | 'resume' | 'cancel') =>
  pressed(async (ports, { value, user, isPrivate, respond }) => {
    const campaignId = Number(value.replace(IN_LIST, ''));
    await controlCampaign(ports, { campaignId, event, actor: user });
    if (!isPrivate) return;
    const shown = value.endsWith(IN_LIST)
      ? statusBlocks(await listCampaigns(ports, user))
      : renderCard(await showCampaign(ports, campaignId, user));
    await respond({ replace_original: true, ...shown });
  });
export const cancelCampaign = control('cancel');
export const pauseCampaign = control('pause');
export const resumeCampaign = control('resume');

export const downloadCampaignResults = pressed((ports, { value, user }) => downloadResults(ports, Number(value), user));

const switchAll = (change: typeof stopAll) =>
  pressed(async (ports, { user, isPrivate, respond }) => {
    await change(ports, user);
    if (isPrivate) await respond({ replace_original: true, ...statusBlocks(await listCampaigns(ports, user)) });
  });
export const stopAllSending = switchAll(stopAll);
export const resumeAllSending = switchAll(resumeAll);
