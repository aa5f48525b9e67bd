import type { ActionsBlock, Button } from '@slack/types';
import type { CampaignCard } from '../../domain/cards/card';
import { ACTIONS } from './action-ids';
import { actions, button, confirmation } from './elements';
import { sentOf } from '../../domain/cards/campaign-counts';
import { waitingOf } from './send-facts';
import { plural } from './words';

/** Only what works in this state. */
export const campaignButtons = (card: CampaignCard): ActionsBlock[] => {
  switch (card.state) {
    case 'AWAITING_APPROVAL':
    case 'SCHEDULED':
      return actions(changeButton(card), cancelButton(card));
    case 'REJECTED':
    case 'EXPIRED':
      return actions(changeButton(card, 'Change and ask again'));
    case 'RUNNING':
      return actions(
        button({ label: 'Pause', action: ACTIONS.campaignPause, value: String(card.campaignId) }),
        cancelButton(card),
      );
    case 'PAUSED':
      return actions(
        button({
          label: 'Resume',
          action: ACTIONS.campaignResume,
          value: String(card.campaignId),
          style: 'primary',
        }),
        cancelButton(card),
      );
    case 'DONE':
    case 'CANCELED':
      return actions(sentOf(card.counts) > 0 && resultsButton(card));
    case 'DRAFT':
      return [];
  }
};

const changeButton = ({ campaignId }: CampaignCard, label = 'Change'): Button =>
  button({ label, action: ACTIONS.campaignChange, value: String(campaignId) });

/** Every recipient and what became of the text, for the one who presses. */
const resultsButton = ({ campaignId }: CampaignCard): Button =>
  button({ label: 'Download results', action: ACTIONS.resultsDownload, value: String(campaignId) });

const cancelButton = (card: CampaignCard): Button => {
  const options = { label: 'Cancel', action: ACTIONS.campaignCancelDraft, value: String(card.campaignId) };
  if (card.state !== 'RUNNING' && card.state !== 'PAUSED') return button(options);
  const waiting = waitingOf(card.counts);
  const text = `${waiting === 0 ? 'Nobody waits any more' : `${plural(waiting, 'patient')} who ${waiting === 1 ? 'waits gets' : 'wait get'} nothing`}. What is sent stays sent, and a canceled send cannot be resumed.`;
  return button({
    ...options,
    style: 'danger',
    confirm: confirmation({
      title: 'Cancel this send?',
      text,
      confirm: waiting === 0 ? 'Cancel it' : 'Cancel the rest',
      deny: 'Go on sending',
      style: 'danger',
    }),
  });
};
