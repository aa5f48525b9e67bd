import { sentOf } from '../../domain/cards/campaign-counts';
import type { KnownBlock } from '@slack/types';
import type { ApprovalCard } from '../../domain/cards/card';
import type { DecisionFact, Rejected } from '../../domain/cards/decided';
import { context, header, paragraphs, section } from './elements';
import {
  audienceLine,
  effortLine,
  emptyLine,
  languageLine,
  leftOutLine,
  patientsGet,
  reviewersHave,
  sampleBlocks,
  startLine,
} from './send-facts';
import { planLines } from './send-plan';
import { count, duration, name, plainName, plural, user, when } from './words';

/** Everything that a reviewer needs to decide, and what was decided. */
export const approvalBlocks = (card: ApprovalCard): KnownBlock[] => [
  header(`${whoGets(card)} “${plainName(card.templateName, 60)}”`),
  ...paragraphs([
    outcomeOf(card),
    `${user(card.requestedBy)} ${card.state === 'AWAITING_APPROVAL' ? 'asks' : 'asked'} for this send.`,
    audienceLine(card),
    leftOutLine(card),
    emptyLine(card),
    languageLine(card),
    effortLine(card),
    startOf(card),
    ...(card.state === 'AWAITING_APPROVAL' ? planLines(card) : []),
    capacityLine(card),
  ]),
  ...sampleBlocks(card),
  ...(card.state === 'AWAITING_APPROVAL' ? [section(howTo(card))] : []),
  ...(card.decisions.length > 0 ? [context(...card.decisions.slice(0, 20).map(decisionOf))] : []),
];

/** Whether it fits into the hours that there are: for sends that are large enough for two reviewers. */
const capacityLine = ({ capacity, timeZone }: ApprovalCard): string => {
  if (capacity === null) return '';
  const { segments, rate, hours, days, lastAt } = capacity;
  const speed = rate === 0 ? 'without a limit of its own' : `at ${plural(rate, 'segment')} a second`;
  const takes = duration(hours * 60) || 'no time to speak of';
  const end =
    lastAt === null ? '⚠️ it does not fit into the texting hours' : `the last text goes ${when(lastAt, timeZone)}`;
  return `*Capacity:* ${plural(segments, 'segment')} ${speed} take ${takes} of sending, on ${plural(days, 'day')} inside the texting window; ${end}.`;
};

const startOf = (card: ApprovalCard): string => {
  const isOpen = card.state === 'AWAITING_APPROVAL';
  return startLine(card) || (isOpen ? 'Starts as soon as it is approved, inside the texting window.' : '');
};

const howTo = ({ approvalsNeeded, requestedBy }: ApprovalCard): string =>
  `React with ✅ to approve or ❌ to reject. ${reviewersHave(Math.max(1, approvalsNeeded))} to approve it. ` +
  `${user(requestedBy)} cannot approve their own send.`;

/** What became of it: would get, get, got. */
const whoGets = (card: ApprovalCard): string => {
  const { state, recipients, counts } = card;
  const sent = sentOf(counts);
  if (state === 'RUNNING' || state === 'PAUSED' || state === 'SCHEDULED') return patientsGet(recipients, 'get');
  if (state === 'DONE' || (state === 'CANCELED' && sent > 0)) {
    return sent === recipients
      ? `${plural(sent, 'patient')} got`
      : `${count(sent)} of ${plural(recipients, 'patient')} got`;
  }
  return patientsGet(recipients, 'would get');
};

const decisionOf = ({ user: who, decision, at, counts }: DecisionFact): string => {
  const what = decision === 'APPROVE' ? `✅ approved by ${user(who)}` : `❌ rejected by ${user(who)}`;
  return `${what}, ${when(at)}${counts ? '' : ' (no reviewer any more: does not count)'}`;
};

/** Who rejected a send, and why; for its own card as well. */
export const rejectedLine = ({ rejected }: { readonly rejected: Rejected | null }): string => {
  if (rejected === null) return '❌ A reviewer rejected it.';
  const why = rejected.why === null ? 'They are asked why, in the approvals channel.' : `“${name(rejected.why, 500)}”`;
  return `❌ ${user(rejected.by)} rejected it. ${why}`;
};

/** Empty while it is open. */
const outcomeOf = ({ state, rejected }: ApprovalCard): string => {
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
      return `❌ *Rejected: nothing is sent.*\n${rejectedLine({ rejected })}`;
    case 'CANCELED':
      return '*Canceled: nothing to decide any more.*';
    case 'EXPIRED':
      return '*Nobody decided in time: nothing is sent.*';
  }
};
