import type { KnownBlock } from '@slack/types';
import type { ApprovalCard } from '../../domain/cards/card';
import { context, header, paragraphs, section } from './elements';
import {
  audienceLine,
  effortLine,
  leftOutLine,
  patientsGet,
  reviewersHave,
  sampleBlocks,
  startLine,
} from './send-facts';
import { plainName, user } from './words';

/** Everything that a reviewer needs to decide, and what was decided. */
export const approvalBlocks = (card: ApprovalCard): KnownBlock[] => [
  header(`${patientsGet(card.recipients, 'would get')} “${plainName(card.templateName, 60)}”`),
  ...paragraphs([
    outcomeOf(card),
    `${user(card.requestedBy)} asks for this send.`,
    audienceLine(card),
    leftOutLine(card),
    effortLine(card),
    startOf(card),
  ]),
  ...sampleBlocks(card),
  ...(card.state === 'AWAITING_APPROVAL' ? [section(howTo(card))] : []),
  ...(card.decisions.length > 0 ? [context(...card.decisions.slice(0, 20).map(decisionOf))] : []),
];

const startOf = (card: ApprovalCard): string => {
  const isOpen = card.state === 'AWAITING_APPROVAL';
  return startLine(card) || (isOpen ? 'Starts as soon as it is approved, inside the texting window.' : '');
};

const howTo = ({ approvalsNeeded, requestedBy }: ApprovalCard): string =>
  `React with ✅ to approve or ❌ to reject. ${reviewersHave(Math.max(1, approvalsNeeded))} to approve it. ` +
  `${user(requestedBy)} cannot approve their own send.`;

const decisionOf = ({ user: who, decision }: ApprovalCard['decisions'][number]): string =>
  decision === 'APPROVE' ? `✅ approved by ${user(who)}` : `❌ rejected by ${user(who)}`;

/** Empty while it is open. */
const outcomeOf = ({ state }: ApprovalCard): string => {
  switch (state) {
    case 'AWAITING_APPROVAL':
      return '';
    case 'DRAFT':
      return '*Changed after it was shown here: nothing to decide until it is asked for again.*';
    case 'SCHEDULED':
      return '✅ *Approved: waits for its time.*';
    case 'RUNNING':
      return '✅ *Approved: being sent.*';
    case 'PAUSED':
      return '✅ *Approved, and paused while being sent.*';
    case 'DONE':
      return '✅ *Approved and sent.*';
    case 'REJECTED':
      return '❌ *Rejected: nothing is sent.*';
    case 'CANCELED':
      return '*Canceled: nothing to decide any more.*';
    case 'EXPIRED':
      return '*Nobody decided in time: nothing is sent.*';
  }
};
