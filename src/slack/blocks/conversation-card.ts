import type { KnownBlock, StaticSelect } from '@slack/types';
import type { ConversationCard } from '../../domain/cards/thread-cards';
import { ACTIONS } from './action-ids';
import { actions, button, confirmation, context, header, paragraphs, plain, quote, section } from './elements';
import { option } from './forms/inputs';
import { classInWords, markOf } from './reply-marks';
import { revealButton } from './reveal-button';
import { escape, language, mention, name, names, plainName, plural, user, when } from './words';

/** The head of a patient's thread. */
export const conversationBlocks = (card: ConversationCard): KnownBlock[] => [
  header(`${signOf(card)} ${whoOf(card)}  ${card.phone}`),
  ...aboutBlocks(card),
  ...replyBlocks(card),
  ...paragraphs([
    chosenOf(card),
    card.optedOut ? '🚫 *Opted out: cannot be texted.*' : null,
    card.waitingHours === null ? null : `⏰ *Nobody has taken this for ${plural(card.waitingHours, 'hour')}.*`,
    stateOf(card),
  ]),
  context(
    card.optedOut
      ? 'What you write in this thread stays among staff.'
      : 'Answer in this thread: what you write is texted. Begin with “note:” to keep it among staff.',
  ),
  ...buttonsOf(card),
];

/** At a glance: ✅ nothing to do; else what the newest reply is. */
const signOf = ({ state, reply }: ConversationCard): string => {
  if (state === 'RESOLVED') return '✅';
  return markOf(reply?.replyClass ?? null);
};

const MOST_NAMES = 4;

const whoOf = ({ who }: ConversationCard): string => {
  if (who.length === 0) return 'Unknown number';
  const shown = who.slice(0, MOST_NAMES).map((one) => plainName(one, 24));
  return shown.join(' / ') + (who.length > MOST_NAMES ? ` / ${who.length - MOST_NAMES} more` : '');
};

const aboutBlocks = (card: ConversationCard): KnownBlock[] => {
  const about = [
    [...new Set(card.languages)].map(language).join(', '),
    names(card.groups, 5),
    card.campaign === null ? '' : `answers “${name(card.campaign.templateName)}”`,
  ].filter((part) => part !== '');
  return about.length === 0 ? [] : [context(...about)];
};

const replyBlocks = ({ reply, onCall }: ConversationCard): KnownBlock[] => {
  if (reply === null) return [];
  const label = name(classInWords(reply.replyClass, reply.answer));
  const calling = reply.replyClass === 'urgent' && onCall !== null ? `  ·  ${mention(onCall)}` : '';
  const why = reply.why === null ? [] : [context(`Because it ${escape(reply.why)}`)];
  return [section(`*${label}*  ·  ${when(reply.at)}${calling}`), quote(reply.text), ...why];
};

const chosenOf = ({ chosen }: ConversationCard): string | null =>
  chosen === null ? null : `👤 This is *${name(chosen.who)}*, says ${user(chosen.by)}.`;

const stateOf = ({ state, takenBy }: ConversationCard): string => {
  if (state === 'RESOLVED')
    return `Resolved.${takenBy === null ? '' : ` ${user(takenBy)} had it.`} A new reply opens it again.`;
  if (state === 'WAITING') {
    return `Waiting for the patient’s answer.${takenBy === null ? '' : ` ${user(takenBy)} has it.`}`;
  }
  return takenBy === null ? 'Open: nobody has it yet.' : `Open: ${user(takenBy)} has it.`;
};

const buttonsOf = (card: ConversationCard): KnownBlock[] => {
  const { conversationId, state, optedOut, reveal } = card;
  const value = String(conversationId);
  return actions(
    whichPatient(card),
    state !== 'RESOLVED' && button({ label: 'Take', action: ACTIONS.conversationTake, value, style: 'primary' }),
    state !== 'RESOLVED' && button({ label: 'Resolve', action: ACTIONS.conversationResolve, value }),
    revealButton(reveal),
    !optedOut &&
      button({
        label: 'Opt out',
        action: ACTIONS.conversationOptOut,
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
    optedOut && button({ label: 'Undo opt-out', action: ACTIONS.conversationUndoOptOut, value }),
    card.who.length > 0 && button({ label: 'Patient card', action: ACTIONS.conversationPatient, value }),
  );
};

/** Slack takes 100 options. */
const MOST_CHOICES = 100;

/** Of several patients on one number: which one is it? The value says of which conversation. */
const whichPatient = ({ conversationId, choices, chosen }: ConversationCard): StaticSelect | false => {
  if (choices.length < 2) return false;
  const options = choices
    .slice(0, MOST_CHOICES)
    .map(({ patientId, label }) => option(label, `${conversationId}:${patientId}`));
  const initial = options.find(({ value }) => value === `${conversationId}:${chosen?.patientId ?? 0}`);
  return {
    type: 'static_select',
    action_id: ACTIONS.conversationWhich,
    placeholder: plain('Which patient is it?', 150),
    options,
    ...(initial && { initial_option: initial }),
  };
};
