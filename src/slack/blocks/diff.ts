import type { KnownBlock, RichTextElement, RichTextText } from '@slack/types';
import type { DiffPart, PartDiff } from '../../domain/template/diff';
import { smsToSlack } from '../../domain/message-text';
import { section } from './elements';
import { clip, language } from './words';

const LONGEST_PART = 1500;
const MOST_PARTS = 6;

/** What changed: taken out is struck through, put in is bold. Plain text, in which no sign of Slack's means anything. */
export const diffBlocks = (changes: readonly PartDiff[]): KnownBlock[] => [
  ...changes
    .slice(0, MOST_PARTS)
    .flatMap(({ part, diff }): KnownBlock[] => [
      section(`*${titleOf(part)}*`),
      { type: 'rich_text', elements: [{ type: 'rich_text_quote', elements: shown(diff) }] },
    ]),
  ...(changes.length > MOST_PARTS ? [section('… and texts in more languages.')] : []),
];

const titleOf = (part: string): string => {
  if (part === 'replies') return 'Expected replies';
  return part === 'default' ? 'Text' : `Text in ${language(part)}`;
};

const shown = (diff: readonly DiffPart[]): RichTextElement[] => {
  const elements: RichTextText[] = [];
  let left = LONGEST_PART;
  for (const { kind, text } of diff) {
    const words = clip(smsToSlack(text), Math.max(2, left));
    if (words === '') continue;
    left -= words.length;
    elements.push({ type: 'text', text: words, ...styleOf(kind) });
    if (left <= 0) break;
  }
  return elements.length > 0 ? elements : [{ type: 'text', text: '(empty)', style: { italic: true } }];
};

const styleOf = (kind: DiffPart['kind']): Pick<RichTextText, 'style'> => {
  if (kind === 'added') return { style: { bold: true } };
  return kind === 'removed' ? { style: { strike: true } } : {};
};
