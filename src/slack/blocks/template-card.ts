import type { KnownBlock } from '@slack/types';
import type { TemplateCard } from '../../domain/cards/template-cards';
import { ACTIONS } from './action-ids';
import { actions, button, context, header, paragraphs, quote, section } from './elements';
import { estimateLine, REVIEW_IN_WORDS, textTitle } from './template-words';
import { name, names, plainName, plural, user, when } from './words';

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
    ...(card.review === null ? [] : [section(reviewOf(card.review))]),
    ...shown.flatMap((variant) => [
      section(`*${textTitle(variant.language)}*`),
      quote(variant.text, limit),
      context(sizeOf(variant, card.pricePerSegment)),
    ]),
    ...(more > 0 ? [section(`… and ${plural(more, 'more language')}.`)] : []),
    section(repliesOf(card)),
    ...previewOf(card),
    ...paragraphs(card.hints.slice(0, 10).map((hint) => `💡 ${name(hint, 300)}`)),
    context(`Written by ${user(card.createdBy)}`, lastUsed(card)),
    ...buttonsOf(card),
  ];
};

const buttonsOf = ({ templateId, versionId, review, archived }: TemplateCard): KnownBlock[] => {
  const value = String(templateId);
  if (archived) return actions(button({ label: 'Bring it back', action: ACTIONS.templateRestore, value }));
  return actions(
    review !== 'waiting' &&
      review !== 'rejected' &&
      button({ label: 'Send this', action: ACTIONS.sendFromTemplate, value, style: 'primary' }),
    review === 'waiting' &&
      button({ label: 'Ask for review', action: ACTIONS.templateAskReview, value: String(versionId) }),
    button({ label: 'Preview', action: ACTIONS.templatePreview, value: String(versionId) }),
    button({ label: 'Send me a test', action: ACTIONS.templateTest, value: String(versionId) }),
    button({ label: 'Edit', action: ACTIONS.templateEdit, value }),
  );
};

const reviewOf = (review: NonNullable<TemplateCard['review']>): string =>
  review === 'waiting'
    ? `${REVIEW_IN_WORDS.waiting}, in the approvals channel: it cannot be sent before.`
    : REVIEW_IN_WORDS[review];

const lastUsed = ({ lastUsedAt }: TemplateCard): string =>
  lastUsedAt === null ? 'never sent yet' : `last sent ${when(lastUsedAt)}`;

const sizeOf = ({ estimate, segments }: TemplateCard['variants'][number], price: number): string =>
  estimate === null ? `${plural(segments, 'segment')} as it is written` : estimateLine(estimate, price);

const repliesOf = ({ replies }: TemplateCard): string => {
  if (replies.length === 0) return '*Expected replies*: none. Every reply goes to staff.';
  const lines = replies.slice(0, 10).map(({ label, words, autoAnswer }) => {
    const meaning = words.length === 0 ? '' : ` (also: ${names(words)})`;
    return `• ${name(label)}${meaning}${autoAnswer === null ? '' : ` → answered “${name(autoAnswer, 480)}”`}`;
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
