import type { KnownBlock, RichTextBlock, TableBlock, TextObject } from '@slack/types';
import { clipMrkdwn, escape, plainTime } from './words';

export interface Message {
  readonly text: string;
  readonly blocks: KnownBlock[];
}

/** Slack advises 4,000 and refuses more in an update. */
const LONGEST_TEXT = 4000;

/**
 * The blocks, with all their words again as `text`: that is what notifications, screen readers and clients that do not know
 * a block show.
 */
export const message = (blocks: KnownBlock[]): Message => ({
  text: clipMrkdwn(blocks.map(wordsOf).filter(Boolean).join('\n'), LONGEST_TEXT),
  blocks: fitting(blocks),
});

/** Slack refuses a message whose blocks together hold more; the limit is not documented, and met at about 13,200. */
const LONGEST_BLOCKS = 13_000;

/** From each section at most so much, until it all fits. The first is Slack's own limit; the last ones nobody meets by chance. */
const SECTION_LIMITS = [3000, 1500, 700, 300, 100];

const fitting = (blocks: KnownBlock[]): KnownBlock[] => {
  for (const limit of SECTION_LIMITS) {
    const shortened = blocks.map((block) => shorten(block, limit));
    if (lengthOf(shortened) <= LONGEST_BLOCKS) return shortened;
  }
  return blocks;
};

const shorten = (block: KnownBlock, limit: number): KnownBlock => {
  if (block.type === 'section' && block.text?.type === 'mrkdwn') {
    return { ...block, text: { ...block.text, text: clipMrkdwn(block.text.text, limit) } };
  }
  if (block.type !== 'context') return block;
  const elements = block.elements.map((element) =>
    element.type === 'mrkdwn' ? { ...element, text: clipMrkdwn(element.text, limit) } : element,
  );
  return { ...block, elements };
};

/** As Slack counts it: every `text`, however deep. */
const lengthOf = (value: unknown, key?: string): number => {
  if (typeof value === 'string') return key === 'text' ? value.length : 0;
  if (typeof value !== 'object' || value === null) return 0;
  return Object.entries(value).reduce((sum, [name, one]) => sum + lengthOf(one, name), 0);
};

const wordsOf = (block: KnownBlock): string => {
  switch (block.type) {
    case 'header':
      return mrkdwnOf(block.text);
    case 'section':
      return block.text ? mrkdwnOf(block.text) : '';
    case 'context':
      return block.elements.map((element) => (element.type === 'image' ? '' : mrkdwnOf(element))).join(' ');
    case 'rich_text':
      return richWords(block);
    case 'table':
      return tableWords(block);
    default:
      return '';
  }
};

const mrkdwnOf = ({ type, text }: TextObject): string => (type === 'mrkdwn' ? text : escape(text));

const richWords = ({ elements }: RichTextBlock): string =>
  elements
    .map((part) => {
      if (part.type === 'rich_text_list') return '';
      const words = part.elements.map(elementWords).join('');
      return part.type === 'rich_text_quote' ? `“${words}”` : words;
    })
    .join('\n');

/** A line a row; the headings say nothing without their columns. */
const tableWords = ({ rows }: TableBlock): string =>
  rows
    .slice(1)
    .map((row) =>
      row
        .map((one) => (one.type === 'rich_text' ? richWords(one) : ''))
        .filter(Boolean)
        .join('  ·  '),
    )
    .join('\n');

const elementWords = (element: { readonly type: string }): string => {
  if (isText(element)) return escape(element.text);
  return isDate(element) ? plainTime(new Date(element.timestamp * 1000)) : '';
};

const isText = (element: { readonly type: string }): element is { type: 'text'; text: string } =>
  element.type === 'text';

const isDate = (element: { readonly type: string }): element is { type: 'date'; timestamp: number } =>
  element.type === 'date';
