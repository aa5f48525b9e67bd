import type { KnownBlock } from '@slack/types';
import type { LateCard } from '../../domain/cards/thread-cards';
import { ACTIONS } from './action-ids';
import { actions, button, quote, section } from './elements';
import { user, when } from './words';

const LONGEST = 300;

/** A message of staff that was found when the app came back. */
export const lateBlocks = (card: LateCard): KnownBlock[] => {
  const at = when(new Date(Number(card.ts) * 1000));
  const by = user(card.decidedBy ?? 'app');
  const said = quote(card.text, LONGEST);
  if (card.decision === 'sent') return [section(`📤 Written ${at} by ${user(card.writtenBy)}, sent by ${by}.`), said];
  if (card.decision === 'dropped')
    return [section(`✖️ Written ${at} by ${user(card.writtenBy)}, and not texted: ${by} decided so.`), said];
  const value = JSON.stringify({ channel: card.channel, ts: card.ts });
  return [
    section(
      `🕐 ${user(card.writtenBy)} wrote this ${at}, while CareThread was not running. It has *not been texted*. Send it now?`,
    ),
    said,
    ...actions(
      button({ label: 'Send', action: ACTIONS.lateSend, value, style: 'primary' }),
      button({ label: 'Don’t', action: ACTIONS.lateDrop, value }),
    ),
  ];
};
