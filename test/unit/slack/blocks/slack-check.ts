import { checkMessage } from '../../../../src/sandbox/slack/check/message';
import { checkView } from '../../../../src/sandbox/slack/check/view';

type Json = Record<string, unknown>;

/** Throws what Slack would answer. */
export const expectMessage = ({ text, blocks }: { text: string; blocks: readonly unknown[] }): void => {
  checkMessage({
    text,
    blocks: blocks as Json[],
    markdownText: undefined,
    attachments: undefined,
    metadata: undefined,
  });
  expect(text.trim()).not.toBe('');
  expect(text.length).toBeLessThanOrEqual(4000);
  expectHarmless([text, ...mrkdwnIn(blocks)]);
};

export const expectView = (view: object): void => {
  checkView(view as Json);
  expectHarmless(mrkdwnIn(view));
};

/** Every mrkdwn text in the blocks. */
const mrkdwnIn = (value: unknown): string[] => {
  if (Array.isArray(value)) return value.flatMap(mrkdwnIn);
  if (typeof value !== 'object' || value === null) return [];
  const { type, text } = value as Json;
  const own = type === 'mrkdwn' && typeof text === 'string' ? [text] : [];
  return [...own, ...Object.values(value).flatMap(mrkdwnIn)];
};

/** Of Slack's `<…>` there are only people and groups of them, channels, dates and links, whole; and nothing is left of an entity that was cut. */
const expectHarmless = (texts: readonly string[]): void => {
  for (const text of texts) {
    const rest = text
      .replace(/<@[UW][A-Z0-9]+>/g, '')
      .replace(/<!subteam\^S[A-Z0-9]+>/g, '')
      .replace(/<#[CG][A-Z0-9]+>/g, '')
      .replace(/<!date\^\d+\^[^|<>]*\|[^|<>]*>/g, '')
      .replace(/<https?:\/\/[^|<>\s]+\|[^|<>]*>/g, '');
    expect(rest).not.toMatch(/[<>]/);
    expect(rest.replace(/&(amp|lt|gt);/g, '')).not.toContain('&');
  }
};

/** The blocks as somebody reads them: words only, buttons in brackets. */
export const readAloud = (blocks: readonly unknown[]): string => blocks.map(aloud).join('\n');

const aloud = (value: unknown): string => {
  if (Array.isArray(value)) return value.map(aloud).filter(Boolean).join(' ');
  if (typeof value !== 'object' || value === null) return '';
  const {
    type,
    text,
    elements,
    accessory,
    element,
    label,
    hint,
    options,
    option_groups: groups,
    fallback,
    rows,
  } = value as Json;
  switch (type) {
    case 'divider':
      return '―――';
    case 'button':
      return `[${aloud(text)}]`;
    case 'rich_text_quote':
      return `| ${aloud(elements).replace(/\n/g, '\n| ')}`;
    case 'date':
      return String(fallback);
    case 'table':
      return (rows as unknown[][]).map((row) => row.map(aloud).join(' | ')).join('\n');
    case 'header':
      return `# ${aloud(text)}`;
    case 'input':
      return [`${aloud(label)}:`, aloud(element), hint ? `(${aloud(hint)})` : ''].filter(Boolean).join(' ');
    default: {
      const own = typeof text === 'string' ? text : aloud(text);
      return [own, aloud(elements), aloud(accessory), aloud(options), aloud(groups)].filter(Boolean).join(' ');
    }
  }
};
