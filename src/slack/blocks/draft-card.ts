import type { Button, KnownBlock } from '@slack/types';
import type { CampaignCard } from '../../domain/cards/card';
import { ACTIONS } from './action-ids';
import { actions, button, confirmation, context, header, paragraphs } from './elements';
import {
  allStopped,
  askedBy,
  audienceLine,
  effortLine,
  emptyLine,
  languageLine,
  leftOutLine,
  patientsGet,
  reviewersHave,
  sampleBlocks,
  startLine,
  unknownLine,
} from './send-facts';
import { planLines } from './send-plan';
import { count, escape, plainName, plainTime, plural } from './words';

/** The card before a send goes: all that a sender should have seen, and what they can do. */
export const draftBlocks = (card: CampaignCard): KnownBlock[] => {
  if (card.freezing !== null) return freezingBlocks(card, card.freezing);
  if (card.problem !== null) return refusedBlocks(card, card.problem);
  return [
    header(`${patientsGet(card.recipients, 'would get')} “${plainName(card.templateName, 60)}”`),
    ...paragraphs([
      card.stopped === null ? '' : allStopped(card.stopped),
      editedLine(card),
      audienceLine(card),
      leftOutLine(card),
      emptyLine(card),
      unknownLine(card),
      languageLine(card),
      effortLine(card),
      startLine(card),
      ...planLines(card),
      approvalLine(card),
      card.recipients === 0 ? 'Nobody would get this text. Press *Change* to choose again.' : '',
    ]),
    ...sampleBlocks(card),
    ...leftOutButtons(card),
    askedBy(card),
    ...draftButtons(card),
  ];
};

const titleOf = ({ templateName }: CampaignCard): string => `“${plainName(templateName, 60)}”`;

const freezingBlocks = (
  card: CampaignCard,
  { looked, recipients }: { looked: number; recipients: number },
): KnownBlock[] => [
  header(`Counting who would get ${titleOf(card)}`),
  ...paragraphs([
    looked === 0 ? '⏳ A moment, please.' : `⏳ ${plural(recipients, 'patient')} so far; ${count(looked)} looked at.`,
    audienceLine(card),
  ]),
  askedBy(card),
  ...actions(cancel(card)),
];

const refusedBlocks = (card: CampaignCard, problem: string): KnownBlock[] => [
  header(`Nothing was sent: ${titleOf(card)}`),
  ...paragraphs([`⚠️ ${escape(problem)}`, audienceLine(card), 'What you filled in is kept: press *Change*.']),
  askedBy(card),
  ...actions(change(card, 'primary'), cancel(card)),
];

const editedLine = ({ edited }: CampaignCard): string => {
  if (edited === null) return '';
  if (edited === 'archived')
    return '⚠️ This template was archived after this preview. Press *Change* to choose another.';
  return `⚠️ The template was edited after this preview: this card shows version ${edited.shown}, the newest is version ${edited.latest}. Press *Change* to preview the new text.`;
};

const approvalLine = ({ approvalsNeeded }: CampaignCard): string =>
  approvalsNeeded === 0 ? '' : `${reviewersHave(approvalsNeeded)} to approve it first, in the approvals channel.`;

/** A file for each reason, for the one who presses. */
const leftOutButtons = ({ campaignId, excluded }: CampaignCard): KnownBlock[] =>
  excluded.length === 0
    ? []
    : [
        context('Who is left out, as files for you alone'),
        ...actions(
          ...excluded.slice(0, 10).map(({ code, reason, count: some }) =>
            button({
              label: `CSV: ${reason} (${count(some)})`,
              action: `${ACTIONS.leftOutDownload}_${code}`,
              value: JSON.stringify({ campaignId, reason: code }),
            }),
          ),
        ),
      ];

const draftButtons = (card: CampaignCard): KnownBlock[] => {
  const { recipients, edited, startAt } = card;
  if (recipients === 0 || edited === 'archived') return actions(change(card, 'primary'), cancel(card));
  return [
    ...actions(
      ...(startAt === null ? [sendNow(card, 'primary'), pickTime(card)] : [schedule(card, startAt), sendNow(card)]),
      button({ label: 'Send me a test', action: ACTIONS.templateTest, value: String(card.versionId) }),
      change(card),
      cancel(card),
    ),
    ...(edited === null ? [] : [context(`“Send” would send version ${edited.shown}, as shown here.`)]),
  ];
};

const sendNow = (card: CampaignCard, style?: 'primary'): Button =>
  button({
    label: 'Send now',
    action: ACTIONS.campaignSendNow,
    value: pressValue(card),
    ...(style && { style }),
    confirm: confirmation({ title: 'Send now?', text: whatHappens(card, null), confirm: 'Send now', deny: 'Not yet' }),
  });

const schedule = (card: CampaignCard, startAt: Date): Button =>
  button({
    label: 'Schedule',
    action: ACTIONS.campaignSend,
    value: pressValue(card),
    style: 'primary',
    confirm: confirmation({
      title: 'Schedule?',
      text: whatHappens(card, startAt),
      confirm: 'Schedule',
      deny: 'Not yet',
    }),
  });

const pressValue = ({ campaignId }: CampaignCard): string => String(campaignId);

const pickTime = (card: CampaignCard): Button =>
  button({ label: 'Schedule', action: ACTIONS.campaignPickTime, value: pressValue(card) });

const change = (card: CampaignCard, style?: 'primary'): Button =>
  button({ label: 'Change', action: ACTIONS.campaignChange, value: String(card.campaignId), ...(style && { style }) });

const cancel = (card: CampaignCard): Button =>
  button({ label: 'Cancel', action: ACTIONS.campaignCancelDraft, value: String(card.campaignId) });

const whatHappens = ({ recipients, approvalsNeeded, timeZone }: CampaignCard, startAt: Date | null): string => {
  const who = `${patientsGet(recipients, 'get')} this text`;
  const start = startAt === null ? '' : `, from ${plainTime(startAt, timeZone)} on`;
  if (approvalsNeeded > 0) return `${reviewersHave(approvalsNeeded)} to approve it first. Then ${who}${start}.`;
  return `${who}${start}. A text that is sent cannot be called back.`;
};
