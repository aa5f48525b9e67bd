import type { KnownBlock } from '@slack/types';
import type { TemplateCard } from '../../domain/cards/card';
import { ACTIONS } from './action-ids';
import { actions, button, context, header, paragraphs, quote, section } from './elements';
import { language, name, names, plainName, plural, user } from './words';

const MOST_VARIANTS = 8;
/** Of all texts on the card together: Slack takes about 13,000 characters in a message. */
const LONGEST_TEXTS = 8000;
const LONGEST_TEXT = 3000;

export const templateBlocks = (card: TemplateCard): KnownBlock[] => {
  const shown = card.variants.slice(0, MOST_VARIANTS);
  const limit = Math.min(LONGEST_TEXT, Math.floor(LONGEST_TEXTS / Math.max(1, shown.length)));
  const more = card.variants.length - shown.length;
  return [
    header(`“${plainName(card.name)}”, version ${card.version}`),
    ...shown.flatMap((variant) => [section(variantTitle(variant)), quote(variant.text, limit)]),
    ...(more > 0 ? [section(`… and ${plural(more, 'more language')}.`)] : []),
    section(repliesOf(card)),
    ...previewOf(card),
    ...paragraphs(card.hints.slice(0, 10).map((hint) => `💡 ${name(hint, 300)}`)),
    context(`Written by ${user(card.createdBy)}`),
    ...actions(
      button({
        label: 'Send this',
        action: ACTIONS.sendFromTemplate,
        value: String(card.templateId),
        style: 'primary',
      }),
      button({ label: 'Send me a test', action: ACTIONS.templateTest, value: String(card.versionId) }),
      button({ label: 'Edit', action: ACTIONS.templateEdit, value: String(card.templateId) }),
    ),
  ];
};

const variantTitle = ({ language: code, segments }: TemplateCard['variants'][number]): string =>
  `*${code === 'default' ? 'Text' : `Text in ${language(code)}`}*  ·  ${plural(segments, 'segment')}`;

const repliesOf = ({ replies }: TemplateCard): string => {
  if (replies.length === 0) return '*Expected replies*: none. Every reply goes to staff.';
  const lines = replies.slice(0, 10).map(({ label, words }) => {
    const meaning = words.length === 0 ? '' : ` (also: ${names(words)})`;
    return `• ${name(label)}${meaning}`;
  });
  return ['*Expected replies*', ...lines].join('\n');
};

const previewOf = ({ preview }: TemplateCard): KnownBlock[] =>
  preview === null
    ? []
    : [
        section(`*As ${name(preview.who)} would get it*  ·  ${plural(preview.segments, 'segment')}`),
        quote(preview.text),
      ];
