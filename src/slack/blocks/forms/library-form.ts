import type { KnownBlock, ModalView } from '@slack/types';
import type { LibraryEntry } from '../../../domain/cards/template-cards';
import { ACTIONS, VIEWS } from '../action-ids';
import { button, context, divider, plain, quote, section } from '../elements';
import { textTitle } from '../template-words';
import { name, names, plainName } from '../words';
import { option } from './inputs';

export interface LibraryOptions {
  readonly entries: readonly LibraryEntry[];
  /** Files that could not be read. */
  readonly unreadable: readonly string[];
  readonly topic?: string | undefined;
  /** Where the library was opened; comes back with what is pressed. */
  readonly place: string;
}

const MOST_ENTRIES = 20;

/** The starter library: one topic at a time, each template with its texts and a button that copies it. */
export const libraryForm = ({ entries, unreadable, topic: wanted, place }: LibraryOptions): ModalView => {
  const topics = [...new Set(entries.map(({ topic }) => topic))].slice(0, 100);
  const topic = topics.find((one) => one === wanted) ?? topics[0];
  const shown = entries.filter((entry) => entry.topic === topic).slice(0, MOST_ENTRIES);
  return {
    type: 'modal',
    callback_id: VIEWS.library,
    private_metadata: JSON.stringify({ place }),
    title: plain('Template library', 24),
    close: plain('Close', 24),
    blocks: [
      ...(topic === undefined ? [section('The library is empty.')] : [topicMenu(topics, topic)]),
      ...shown.flatMap(entryBlocks),
      ...(unreadable.length > 0 ? [context(`⚠️ Could not be read: ${names(unreadable)}`)] : []),
    ],
  };
};

const topicMenu = (topics: readonly string[], topic: string): KnownBlock => {
  const options = topics.map((one) => option(plainName(one, 75), one));
  const initial = options.find(({ value }) => value === topic);
  return {
    type: 'section',
    text: { type: 'mrkdwn', text: '*Topic*' },
    accessory: {
      type: 'static_select',
      action_id: ACTIONS.libraryTopic,
      options,
      ...(initial && { initial_option: initial }),
    },
  };
};

const entryBlocks = ({ topic, name: title, texts, expectedReplies }: LibraryEntry): KnownBlock[] => [
  divider(),
  section(
    `*${name(title)}*`,
    button({ label: 'Copy and edit', action: ACTIONS.libraryCopy, value: `${topic}/${title}` }),
  ),
  ...Object.entries(texts)
    .slice(0, 4)
    .flatMap(([code, text]) => [context(code === 'default' ? 'Text' : textTitle(code)), quote(text, 1000)]),
  ...(expectedReplies === '' ? [] : [context(`Expected replies: ${names(labelsOf(expectedReplies))}`)]),
];

const labelsOf = (replies: string): string[] => replies.split('\n').map((line) => line.split(/[:|]/)[0]?.trim() ?? '');
