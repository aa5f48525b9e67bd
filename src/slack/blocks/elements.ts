import type {
  ActionsBlock,
  Button,
  ConfirmationDialog,
  ContextBlock,
  DividerBlock,
  HeaderBlock,
  MrkdwnElement,
  Overflow,
  PlainTextElement,
  RichTextBlock,
  RichTextText,
  SectionBlock,
  StaticSelect,
} from '@slack/types';
import { smsToSlack, splitForSlack } from '../../domain/message-text';
import { clip, clipMrkdwn } from './words';

/** Builders of Block Kit's parts, each within Slack's limits whatever goes in. */

const LONGEST_TEXT = 3000;
const LONGEST_CONTEXT = 2000;
const LONGEST_HEADER = 150;
const LONGEST_BUTTON = 75;

/** `text` is escaped already. */
export const mrkdwn = (text: string, limit = LONGEST_TEXT): MrkdwnElement => ({
  type: 'mrkdwn',
  text: text.trim() === '' ? '–' : clipMrkdwn(text, limit),
});

/** Needs no escaping: nothing works in it. */
export const plain = (text: string, limit = LONGEST_TEXT): PlainTextElement => ({
  type: 'plain_text',
  text: clip(smsToSlack(text).trim(), limit) || '–',
  emoji: false,
});

export const header = (text: string): HeaderBlock => ({
  type: 'header',
  text: plain(text.replace(/\s+/g, ' '), LONGEST_HEADER),
});

export const section = (text: string, accessory?: Button | StaticSelect | Overflow): SectionBlock => ({
  type: 'section',
  text: mrkdwn(text),
  ...(accessory && { accessory }),
});

export const context = (...parts: readonly string[]): ContextBlock => ({
  type: 'context',
  elements: [mrkdwn(parts.filter((part) => part !== '').join('  ·  '), LONGEST_CONTEXT)],
});

export const divider = (): DividerBlock => ({ type: 'divider' });

/** Lines of one subject, in as many sections as they need; empty lines are left out. */
export const paragraphs = (lines: readonly (string | null)[]): SectionBlock[] => {
  const sections: string[] = [];
  for (const line of lines) {
    if (line === null || line === '') continue;
    const last = sections.at(-1);
    if (last !== undefined && last.length + line.length < LONGEST_TEXT)
      sections[sections.length - 1] = `${last}\n${line}`;
    else sections.push(line);
  }
  return sections.map((text) => section(text));
};

const LONGEST_QUOTE = 1600;

/** What somebody wrote, as typed: in rich text's text elements no sign of Slack's means anything. */
export const quote = (text: string, limit = LONGEST_QUOTE): RichTextBlock => ({
  type: 'rich_text',
  elements: [{ type: 'rich_text_quote', elements: literal(text, limit) }],
});

export const literal = (text: string, limit: number): RichTextText[] => {
  const shown = smsToSlack(text);
  if (shown.trim() === '') return [{ type: 'text', text: '(no words)', style: { italic: true } }];
  return splitForSlack(clip(shown, limit), LONGEST_TEXT).map((part) => ({ type: 'text', text: part }));
};

export interface ButtonOptions {
  readonly label: string;
  readonly action: string;
  readonly value?: string;
  readonly style?: 'primary' | 'danger';
  readonly confirm?: ConfirmationDialog;
}

export const button = ({ label, action, value, style, confirm }: ButtonOptions): Button => ({
  type: 'button',
  text: plain(label, LONGEST_BUTTON),
  action_id: action,
  ...(value !== undefined && { value }),
  ...(style && { style }),
  ...(confirm && { confirm }),
});

/** None at all when there are no buttons: Slack refuses an empty row. */
export const actions = (...buttons: readonly (Button | StaticSelect | false)[]): ActionsBlock[] => {
  const elements = buttons.filter((one) => one !== false);
  return elements.length === 0 ? [] : [{ type: 'actions', elements }];
};

export interface ConfirmOptions {
  readonly title: string;
  readonly text: string;
  readonly confirm: string;
  readonly deny: string;
  readonly style?: 'primary' | 'danger';
}

export const confirmation = ({ title, text, confirm, deny, style }: ConfirmOptions): ConfirmationDialog => ({
  title: plain(title, 100),
  text: plain(text, 300),
  confirm: plain(confirm, 30),
  deny: plain(deny, 30),
  ...(style && { style }),
});
