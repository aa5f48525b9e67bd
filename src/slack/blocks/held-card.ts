import type { KnownBlock } from '@slack/types';
import type { HeldCard } from '../../domain/cards/thread-cards';
import { ACTIONS } from './action-ids';
import { actions, button, context, section } from './elements';
import { escape, user } from './words';

/** A text of staff and the texting window: by default it waits, and somebody may decide that it cannot. */
export const heldBlocks = (card: HeldCard): KnownBlock[] => {
  const { state, sentNow, opens } = card;
  if (sentNow !== null && state !== 'waiting') {
    const gone = state === 'gone' ? 'Sent' : state === 'ended' ? 'Was to be sent' : 'Being sent';
    return [section(`📤 ${gone} outside texting hours by ${user(sentNow.by)}: ${escape(sentNow.reason)}`)];
  }
  if (state === 'going' || state === 'gone') return [section('✅ It waited for texting hours, and has gone out.')];
  if (state === 'ended') return [section('✖️ It waited for texting hours, and does not go out.')];
  return [
    section(
      opens === null
        ? `⏳ It is ${escape(card.now)} where this patient lives, and texting never opens there by the present hours. This text waits; an admin can change the hours in \`/outreach settings\`.`
        : `⏳ It is ${escape(card.now)} where this patient lives: outside texting hours. This text is held and goes out by itself at *${escape(opens)}*.`,
    ),
    ...(card.keptBy === null ? [] : [context(`${user(card.keptBy)}: it may wait.`)]),
    ...buttonsOf(card),
  ];
};

const buttonsOf = ({ messageId, opens, keptBy }: HeldCard): KnownBlock[] => {
  const value = String(messageId);
  const label = opens === null ? 'Hold' : `Hold until ${opens}`;
  return actions(
    keptBy === null && button({ label, action: ACTIONS.textHold, value, style: 'primary' }),
    button({ label: 'Send now', action: ACTIONS.textSendNow, value }),
  );
};
