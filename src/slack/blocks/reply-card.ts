import type { KnownBlock } from '@slack/types';
import type { ReplyCard } from '../../domain/cards/thread-cards';
import { context, quote, section } from './elements';
import { classInWords, markOf } from './reply-marks';
import { escape, mention, name, plural, when } from './words';

/** A text message has 1,600 characters at most; more must not break the post. */
const LONGEST_REPLY = 9000;

/** One text from a patient, in the thread. */
export const replyBlocks = (card: ReplyCard): KnownBlock[] => [
  section(
    `${markOf(card.replyClass)} *${name(classInWords(card.replyClass, card.answer))}*  ·  ${name(card.who)}${calling(card)}`,
  ),
  ...(card.text.trim() === '' && card.mediaCount > 0 ? [] : [quote(card.text, LONGEST_REPLY)]),
  ...(card.mediaCount > 0 ? [section(`🖼 ${plural(card.mediaCount, 'picture')}`)] : []),
  context(card.why === null ? '' : `Because it ${escape(withoutRepeating(card.why, card.text))}`, when(card.at)),
];

/** Whoever is on call is mentioned in what is posted anew: an update of a card notifies nobody. */
const calling = ({ onCall, replyClass }: ReplyCard): string =>
  onCall === null || replyClass !== 'urgent' ? '' : `  ·  ${mention(onCall)}`;

/** `asks something: “Is there parking?”` says enough with its first words when they were all that was written. */
const withoutRepeating = (why: string, text: string): string =>
  why.endsWith(`: “${text.trim()}”`) ? why.slice(0, why.lastIndexOf(`: “${text.trim()}”`)) : why;
