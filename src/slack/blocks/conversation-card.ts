import type { KnownBlock } from '@slack/types';
import type { ConversationCard } from '../../domain/cards/card';
import { ACTIONS } from './action-ids';
import { actions, button, confirmation, context, header, paragraphs, quote, section } from './elements';
import { classInWords, markOf } from './reply-marks';
import { revealButton } from './reveal-button';
import { language, name, names, plainName, user, when } from './words';

/** The head of a patient's thread. */
export const conversationBlocks = (card: ConversationCard): KnownBlock[] => [
  header(`${signOf(card)} ${whoOf(card)}  ${card.phone}`),
  ...aboutBlocks(card),
  ...replyBlocks(card),
  ...paragraphs([card.optedOut ? '🚫 *Opted out: cannot be texted.*' : null, stateOf(card)]),
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
    card.language === null ? '' : language(card.language),
    names(card.groups, 5),
    card.campaign === null ? '' : `answers “${name(card.campaign.templateName)}”`,
  ].filter((part) => part !== '');
  return about.length === 0 ? [] : [context(...about)];
};

const replyBlocks = ({ reply }: ConversationCard): KnownBlock[] => {
  if (reply === null) return [];
  const label = name(classInWords(reply.replyClass, reply.answer));
  return [section(`*${label}*  ·  ${when(reply.at)}`), quote(reply.text)];
};

const stateOf = ({ state, takenBy }: ConversationCard): string => {
  if (state === 'RESOLVED')
    return `Resolved.${takenBy === null ? '' : ` ${user(takenBy)} had it.`} A new reply opens it again.`;
  if (state === 'WAITING') {
    return `Waiting for the patient’s answer.${takenBy === null ? '' : ` ${user(takenBy)} has it.`}`;
  }
  return takenBy === null ? 'Open: nobody has it yet.' : `Open: ${user(takenBy)} has it.`;
};

const buttonsOf = ({ conversationId, state, optedOut, reveal }: ConversationCard): KnownBlock[] => {
  const value = String(conversationId);
  return actions(
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
  );
};
