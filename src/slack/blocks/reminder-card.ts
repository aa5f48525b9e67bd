import type { KnownBlock } from '@slack/types';
import type { ReminderCard } from '../../domain/cards/thread-cards';
import { paragraphs, section } from './elements';
import { link, mention, name, plural, when } from './words';

const MOST = 30;

/** Replies that nobody has taken for too long. */
export const reminderBlocks = ({ hours, onCall, rows }: ReminderCard): KnownBlock[] => [
  section(
    `⏰ *${plural(rows.length, 'reply', 'replies')}* ${rows.length === 1 ? 'has' : 'have'} waited ${plural(hours, 'hour')} or more, and nobody has taken ${rows.length === 1 ? 'it' : 'them'}.${onCall === null ? '' : ` ${mention(onCall)}`}`,
  ),
  ...paragraphs(
    rows
      .slice(0, MOST)
      .map(
        ({ who, urgent, since, permalink }) =>
          `${urgent ? '🔴' : '🟠'} ${link(permalink, name(who))}, since ${when(since)}`,
      ),
  ),
  ...(rows.length > MOST ? [section(`and ${rows.length - MOST} more: \`/outreach responses unexpected\``)] : []),
];
