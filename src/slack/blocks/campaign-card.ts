import { sentOf } from '../../domain/cards/campaign-counts';
import type { KnownBlock } from '@slack/types';
import { isFinal } from '../../domain/campaign';
import type { CampaignCard } from '../../domain/cards/card';
import { campaignButtons } from './campaign-buttons';
import { progressLines } from './campaign-progress';
import { draftBlocks } from './draft-card';
import { header, paragraphs } from './elements';
import { rejectedLine } from './approval-card';
import {
  allStopped,
  askedBy,
  audienceLine,
  effortLine,
  leftOutLine,
  patientsGet,
  reviewersHave,
  startLine,
} from './send-facts';
import { count, escape, plainName, plural } from './words';

export const campaignBlocks = (card: CampaignCard): KnownBlock[] =>
  card.state === 'DRAFT'
    ? draftBlocks(card)
    : [
        header(titleOf(card)),
        ...paragraphs([stoppedLine(card), ...linesOf(card)]),
        askedBy(card),
        ...campaignButtons(card),
      ];

const stoppedLine = ({ state, stopped }: CampaignCard): string =>
  stopped === null || isFinal(state) ? '' : allStopped(stopped);

const titleOf = (card: CampaignCard): string => {
  const { recipients, counts } = card;
  const name = `“${plainName(card.templateName, 60)}”`;
  const progress = `${count(sentOf(counts))} of ${count(recipients)} sent`;
  switch (card.state) {
    case 'DRAFT':
    case 'AWAITING_APPROVAL':
      return `${patientsGet(recipients, 'would get')} ${name}`;
    case 'SCHEDULED':
      return `${patientsGet(recipients, 'get')} ${name}`;
    case 'RUNNING':
      return `${progress}: ${name}`;
    case 'PAUSED':
      return `Paused, ${progress}: ${name}`;
    case 'DONE':
      return `Done, ${progress}: ${name}`;
    case 'CANCELED':
      return `Canceled, ${progress}: ${name}`;
    case 'REJECTED':
      return `Rejected, nothing sent: ${name}`;
    case 'EXPIRED':
      return `Not approved in time, nothing sent: ${name}`;
  }
};

const linesOf = (card: CampaignCard): string[] => {
  switch (card.state) {
    case 'DRAFT':
      return [];
    case 'AWAITING_APPROVAL':
      return [
        `⏳ Nothing is sent yet. ${approvalLine(card)}`,
        audienceLine(card),
        leftOutLine(card),
        effortLine(card),
        startLine(card),
        editedLine(card),
      ];
    case 'SCHEDULED':
      return [startLine(card), editedLine(card), audienceLine(card), leftOutLine(card), effortLine(card)];
    case 'RUNNING':
      return [...progressLines(card), audienceLine(card)];
    case 'PAUSED':
      return [
        `⏸ Paused${card.pausedReason === null ? '.' : `: ${escape(card.pausedReason)}`}`,
        underWayLine(card),
        ...progressLines(card),
      ];
    case 'DONE':
      return [...progressLines(card), audienceLine(card), leftOutLine(card)];
    case 'CANCELED':
      return sentOf(card.counts) + card.counts.sending + card.counts.uncertain === 0
        ? ['Nothing was sent.', audienceLine(card)]
        : [...progressLines(card), audienceLine(card)];
    case 'REJECTED':
      return [rejectedLine(card), audienceLine(card)];
    case 'EXPIRED':
      return ['Nobody decided in time, and nothing was sent.', audienceLine(card)];
  }
};

/** The version that was asked for is what goes; whoever wants the newer one has to ask for it. */
const editedLine = ({ edited }: CampaignCard): string => {
  if (edited === null) return '';
  if (edited === 'archived') return 'ℹ️ The template was archived since. This send still goes, as it was asked for.';
  return `ℹ️ The template was edited since. Version ${edited.shown} goes, as it was asked for; to send version ${edited.latest}, press *Change*.`;
};

/** Pausing does not reach what is on its way already. */
const underWayLine = ({ counts: { submitted, sending, uncertain } }: CampaignCard): string => {
  const underWay = submitted + sending + uncertain;
  if (underWay === 0) return '';
  const had = `${plural(underWay, 'text was', 'texts were')} handed over already`;
  return `${had}: what no carrier has yet is called back and waits; the others arrive.`;
};

const approvalLine = ({ approvalsNeeded }: CampaignCard): string =>
  approvalsNeeded === 0 ? '' : `${reviewersHave(approvalsNeeded)} to approve it first, in the approvals channel.`;
