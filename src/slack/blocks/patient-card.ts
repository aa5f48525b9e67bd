import type { ActionsBlock, KnownBlock } from '@slack/types';
import type { FoundPatients, PatientCard, PatientMessage, PatientRowCard } from '../../domain/cards/patient-cards';
import { ACTIONS } from './action-ids';
import { actions, button, confirmation, context, divider, paragraphs, quote, section } from './elements';
import { message } from './message';
import type { Message } from './message';
import { classInWords, markOf } from './reply-marks';
import { revealButton } from './reveal-button';
import { count, escape, language, link, name, plural, user, when } from './words';

/** What `/outreach patient` found: one card, or a list to choose from. */
export const foundBlocks = (found: FoundPatients): Message => {
  if (found.kind === 'one') return patientMessage(found.card);
  if (found.rows.length === 0) return message(nobody());
  const rows = found.rows.flatMap((row) => [...choice(row), divider()]).slice(0, -1);
  const more = found.more ? [context('There are more. Add another word: the last name, or the last four digits.')] : [];
  return message([...rows, ...more]);
};

export const patientMessage = (card: PatientCard): Message => message(patientBlocks(card));

const nobody = (): KnownBlock[] =>
  paragraphs([
    'Nobody is found by that. Try:',
    '• the patient id as your records have it',
    '• the phone number, or its last four digits',
    '• a part of the first or last name, or both: `Ana Riv`',
  ]);

const choice = (row: PatientRowCard): KnownBlock[] => {
  const open = button({ label: 'Open', action: ACTIONS.patientOpen, value: String(row.patientId) });
  return [section(titleOf(row), open), ...profile(row), context(windowOf(row))];
};

const titleOf = (row: PatientRowCard): string =>
  `*${name(row.who, 60)}*${row.isStaff ? '  ·  staff' : ''}  ·  ${row.phone}  ·  id ${name(row.externalId)}`;

const profile = (row: PatientRowCard): KnownBlock[] => [
  context(
    row.language === null ? 'language not known' : language(row.language),
    row.groups.length === 0 ? 'in no group' : `in ${row.groups.map((group) => name(group, 40)).join(', ')}`,
    `${row.zones.map(escape).join(' and ')} (from ${escape(row.zonesFrom)})`,
  ),
];

const windowOf = (row: PatientRowCard): string => {
  if (row.optedOutAt !== null) return `🚫 Opted out ${when(row.optedOutAt)}: cannot be texted`;
  if (row.badSince !== null) return `⚠️ Number cannot be texted since ${when(row.badSince)}`;
  if (row.windowUntil === null) return row.windowOpen ? 'Can be texted now' : 'Cannot be texted at any hour';
  return row.windowOpen
    ? `Can be texted now, until ${when(row.windowUntil)}`
    : `Can be texted from ${when(row.windowUntil)}`;
};

const patientBlocks = (card: PatientCard): KnownBlock[] => [
  ...patientFacts(card),
  ...messageBlocks(card.messages),
  ...buttonsOf(card),
];

/** The profile alone, for a window of its own. */
export const patientFacts = (card: PatientCard): KnownBlock[] => [
  section(titleOf(card)),
  ...profile(card),
  ...paragraphs([
    card.optedOutAt === null ? windowOf(card) : optOutLine(card),
    sharedLine(card),
    zonesLine(card),
    threadLine(card),
  ]),
];

const optOutLine = ({ optedOutAt, optedOutVia, optedOutBy }: PatientCard): string => {
  if (optedOutAt === null) return '';
  const by = optedOutBy === null ? '' : ` (${user(optedOutBy)})`;
  return `🚫 *Opted out* ${when(optedOutAt)}, ${VIA.get(optedOutVia ?? '') ?? escape(optedOutVia ?? 'source not known')}${by}. The patient can undo it by texting START.`;
};

const VIA: ReadonlyMap<string, string> = new Map([
  ['reply', 'by texting us'],
  ['staff', 'entered by staff'],
  ['file', 'from an imported file'],
  ['erased', 'since the patient was erased'],
  ['former number', 'taken over from the former number'],
  ['twilio 21610', 'as Twilio told us'],
]);

const sharedLine = ({ sharedWith }: PatientCard): string =>
  sharedWith === 0 ? '' : `👥 ${plural(sharedWith, 'other patient has', 'other patients have')} this number.`;

const zonesLine = ({ zones }: PatientCard): string =>
  zones.length < 2
    ? ''
    : `🕗 ${count(zones.length)} time zones are possible: texts go out when the window is open in all of them.`;

const threadLine = ({ permalink }: PatientCard): string =>
  permalink === null ? '' : `💬 ${link(permalink, 'Open the conversation')}`;

const LONGEST_TEXT = 300;

const messageBlocks = (messages: readonly PatientMessage[]): KnownBlock[] => {
  if (messages.length === 0) return [context('No texts yet.')];
  return messages.flatMap((one) => [
    context(aboutMessage(one)),
    ...(one.text === null ? [] : [quote(one.text, LONGEST_TEXT)]),
  ]);
};

const aboutMessage = ({ inbound, at, state, replyClass, answer }: PatientMessage): string =>
  inbound
    ? `${markOf(replyClass)} From the patient  ·  ${name(classInWords(replyClass, answer))}  ·  ${when(at)}`
    : `↗️ From us  ·  ${STATES.get(state) ?? escape(state)}  ·  ${when(at)}`;

const STATES: ReadonlyMap<string, string> = new Map([
  ['QUEUED', 'waiting'],
  ['SENDING', 'being sent'],
  ['UNCERTAIN', 'asking Twilio whether it was sent'],
  ['SUBMITTED', 'sent'],
  ['DELIVERED', 'delivered'],
  ['UNDELIVERED', 'not delivered'],
  ['FAILED', 'failed'],
  ['SKIPPED', 'not sent'],
  ['CANCELED', 'canceled'],
  ['EXPIRED', 'not sent in time'],
]);

const buttonsOf = ({ patientId, reveal, may, optedOutAt }: PatientCard): ActionsBlock[] => {
  const value = String(patientId);
  return actions(
    revealButton(reveal),
    may.text && optedOutAt === null && button({ label: 'Text', action: ACTIONS.patientText, value }),
    may.edit && button({ label: 'Edit', action: ACTIONS.patientEdit, value }),
    may.edit && button({ label: 'Add to group', action: ACTIONS.patientGroups, value }),
    may.optOut &&
      optedOutAt === null &&
      button({
        label: 'Opt out',
        action: ACTIONS.patientOptOut,
        value,
        style: 'danger',
        confirm: confirmation({
          title: 'Opt out?',
          text: 'This number gets no more texts from us, also not what is waiting to be sent. The patient can undo it by texting START.',
          confirm: 'Opt out',
          deny: 'Leave it',
          style: 'danger',
        }),
      }),
    may.undoOptOut &&
      optedOutAt !== null &&
      button({ label: 'Undo opt-out', action: ACTIONS.conversationUndoOptOut, value: `patient:${value}` }),
    may.export && button({ label: 'Export data', action: ACTIONS.patientExport, value }),
    may.erase && button({ label: 'Erase', action: ACTIONS.patientErase, value, style: 'danger' }),
  );
};
