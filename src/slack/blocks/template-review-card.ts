import type { KnownBlock } from '@slack/types';
import type { TemplateReviewCard } from '../../domain/cards/template-cards';
import { ACTIONS } from './action-ids';
import { diffBlocks } from './diff';
import { actions, button, header, paragraphs, quote, section } from './elements';
import { textTitle } from './template-words';
import { name, plainName, user } from './words';

const MOST_VARIANTS = 8;
const LONGEST_TEXTS = 6000;

/** Everything that a reviewer needs to decide on a version, and what was decided. */
export const templateReviewBlocks = (card: TemplateReviewCard): KnownBlock[] => {
  const shown = card.variants.slice(0, MOST_VARIANTS);
  const limit = Math.floor(LONGEST_TEXTS / Math.max(1, shown.length));
  const value = String(card.versionId);
  return [
    header(`Template “${plainName(card.name, 60)}”, version ${card.version}`),
    ...paragraphs([outcomeOf(card), `${user(card.createdBy)} wrote it. It can be sent once a reviewer approves it.`]),
    ...shown.flatMap(({ language, text }) => [section(`*${textTitle(language)}*`), quote(text, limit)]),
    ...(card.variants.length > shown.length ? [section('… and more languages: `/outreach template show`.')] : []),
    section(repliesOf(card)),
    ...changesOf(card),
    ...(card.state === 'waiting'
      ? [
          section(
            `React with ✅ to approve or ❌ to reject, or press. ${user(card.createdBy)} cannot approve their own.`,
          ),
          ...actions(
            button({ label: 'Approve', action: ACTIONS.templateApprove, value, style: 'primary' }),
            button({ label: 'Reject', action: ACTIONS.templateReject, value, style: 'danger' }),
          ),
        ]
      : []),
  ];
};

const outcomeOf = ({ state, decidedBy }: TemplateReviewCard): string => {
  if (state === 'approved') return `✅ *Approved* by ${user(decidedBy ?? '')}: it can be sent.`;
  return state === 'rejected' ? `❌ *Rejected* by ${user(decidedBy ?? '')}: it cannot be sent.` : '';
};

const repliesOf = ({ replies }: TemplateReviewCard): string => {
  if (replies.length === 0) return '*Expected replies*: none.';
  const lines = replies
    .slice(0, 10)
    .map(({ label, autoAnswer }) => `• ${name(label)}${autoAnswer === null ? '' : ` → “${name(autoAnswer, 480)}”`}`);
  return ['*Expected replies*, with what is answered by itself', ...lines].join('\n');
};

const changesOf = ({ comparedWith, changes }: TemplateReviewCard): KnownBlock[] => {
  if (comparedWith === null) return [];
  if (changes.length === 0) return [section(`No text changed since version ${comparedWith}.`)];
  return [section(`*Changed since version ${comparedWith}, which is approved:*`), ...diffBlocks(changes)];
};
