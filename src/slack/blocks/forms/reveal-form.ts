import type { KnownBlock, ModalView } from '@slack/types';
import type { Revealed } from '../../../domain/cards/revealed';
import { LONGEST_REASON } from '../../../domain/reason';
import { VIEWS } from '../action-ids';
import { context, paragraphs, plain, section } from '../elements';
import { clockTime, escape, name } from '../words';
import { input } from './inputs';
import { typedIn, type ViewValues } from './view-values';

const REASON = 'reveal_reason';

/** Asks why. `target` comes back with the submission: an id, no more. */
export const revealForm = (target: string): ModalView => ({
  type: 'modal',
  callback_id: VIEWS.reveal,
  private_metadata: JSON.stringify({ target }),
  title: plain('Reveal', 24),
  submit: plain('Reveal', 24),
  close: plain('Cancel', 24),
  blocks: [
    input({
      block: REASON,
      label: 'Why do you need the full name and number?',
      hint: 'Goes on the record, with your name. For example: call back about the fever. No names, please.',
      element: { type: 'plain_text_input', max_length: LONGEST_REASON },
    }),
  ],
});

export const readRevealForm = (values: ViewValues): string => typedIn(values, REASON);

export const revealFormError = (error: string): Record<string, string> => ({ [REASON]: error });

const MOST_PEOPLE = 20;

/** The answer stands in the window that asked: nobody else sees it, and no history of Slack's keeps it. */
export const revealedView = ({ people, phone, until }: Revealed): ModalView => ({
  ...bare,
  blocks: [
    ...whoBlocks(people),
    section(`📞 <tel:${phone}|${phone}>`),
    context(`Only you see this, until ${clockTime(until)}. It is on the record. Close the window when you have it.`),
  ],
});

const whoBlocks = (people: Revealed['people']): KnownBlock[] => {
  if (people.length === 0) return [section('We know nobody with this number.')];
  const more = people.length > MOST_PEOPLE ? [`and ${people.length - MOST_PEOPLE} more`] : [];
  return paragraphs([
    ...people.slice(0, MOST_PEOPLE).map((one) => `*${name(one.name, 400)}*  ·  id ${escape(one.externalId)}`),
    ...more,
  ]);
};

/** When the five minutes are over. */
export const hiddenView = (): ModalView => ({
  ...bare,
  blocks: [section('Hidden again: the five minutes are over. Press Reveal on the card if you still need it.')],
});

const bare = {
  type: 'modal',
  title: plain('Full name and number', 24),
  close: plain('Close', 24),
} as const;
