import type { KnownBlock } from '@slack/types';
import type { CampaignState } from '../../domain/campaign';
import type { StatusRow } from '../../domain/cards/card';
import type { TemplateRow } from '../../domain/cards/template-cards';
import { ACTIONS } from './action-ids';
import { button, context, header, paragraphs, plain, section } from './elements';
import { message } from './message';
import type { Message } from './message';
import { REVIEW_IN_WORDS, segmentsLine } from './template-words';
import { sentOf } from '../../domain/cards/campaign-counts';
import { waitingOf } from './send-facts';
import { count, escape, language, name, names, plural, when } from './words';

const MOST_TEMPLATES = 20;

/** `120 of 180 sent · “Second dose” · being sent · send 12`: commands take its number. */
export const statusLine = ({ campaignId, name: title, state, recipients, counts, startAt }: StatusRow): string => {
  const waiting = waitingOf(counts);
  const facts = [
    `*${NOT_BEGUN.has(state) ? plural(recipients, 'patient') : `${count(sentOf(counts))} of ${count(recipients)} sent`}*`,
    `“${name(title, 60)}”`,
    state === 'SCHEDULED' && startAt !== null ? `starts ${when(startAt)}` : STATE_IN_WORDS[state],
    waiting > 0 && (state === 'RUNNING' || state === 'PAUSED') ? `${count(waiting)} waiting` : '',
    counts.undelivered + counts.failed > 0 ? `${count(counts.undelivered + counts.failed)} failed` : '',
    `send ${campaignId}`,
  ];
  return `${STATE_SIGN[state]} ${facts.filter((fact) => fact !== '').join('  ·  ')}`;
};

const NOT_BEGUN: ReadonlySet<CampaignState> = new Set([
  'DRAFT',
  'AWAITING_APPROVAL',
  'SCHEDULED',
  'REJECTED',
  'EXPIRED',
]);

const STATE_IN_WORDS: Readonly<Record<CampaignState, string>> = {
  DRAFT: 'draft',
  AWAITING_APPROVAL: 'waits for approval',
  SCHEDULED: 'scheduled',
  RUNNING: 'being sent',
  PAUSED: 'paused',
  DONE: 'done',
  CANCELED: 'canceled',
  REJECTED: 'rejected',
  EXPIRED: 'not approved in time',
};

const STATE_SIGN: Readonly<Record<CampaignState, string>> = {
  DRAFT: '📝',
  AWAITING_APPROVAL: '⏳',
  SCHEDULED: '🕗',
  RUNNING: '📤',
  PAUSED: '⏸',
  DONE: '✅',
  CANCELED: '✖️',
  REJECTED: '❌',
  EXPIRED: '⌛',
};

export const templatesBlocks = (rows: readonly TemplateRow[]): Message =>
  message(
    rows.length === 0
      ? [
          section(
            'No templates here yet. Write one with `/outreach template new`, or take one from `/outreach template library`.',
          ),
        ]
      : [
          header(plural(rows.length, rows[0]?.archived === true ? 'archived template' : 'template')),
          ...rows.slice(0, MOST_TEMPLATES).flatMap(templateBlocks),
          ...more(rows, MOST_TEMPLATES, 'find one by a word of its name: `/outreach template list WORD`'),
        ],
  );

/** The text is plain: who copies a placeholder gets what was typed. */
const templateBlocks = (row: TemplateRow): KnownBlock[] => {
  const { id, name: title, version, languages, text, replies, segments, lastUsedAt, review, archived } = row;
  const about = [
    `“${name(title, 60)}”`,
    `version ${version}`,
    languagesOf(languages),
    segmentsLine(segments.least, segments.most),
    ...(replies.length > 0 ? [`answers ${names(replies, 4)}`] : []),
    lastUsedAt === null ? 'never sent yet' : `last sent ${when(lastUsedAt)}`,
    ...(review === null || review === 'approved' ? [] : [REVIEW_IN_WORDS[review]]),
  ];
  const value = String(id);
  const press = archived
    ? button({ label: 'Bring it back', action: ACTIONS.templateRestore, value })
    : button({ label: 'Send this', action: ACTIONS.sendFromTemplate, value });
  return [section(about.join('  ·  '), press), { type: 'context', elements: [plain(text.replace(/\s+/g, ' '), 200)] }];
};

const languagesOf = (languages: readonly string[]): string => {
  const [first, others] = [
    languages.filter((code) => code === 'default'),
    languages.filter((code) => code !== 'default'),
  ];
  const shown = [...first, ...others].slice(0, 4).map(languageName).join(', ');
  return languages.length > 4 ? `${shown} and ${languages.length - 4} more languages` : shown;
};

const languageName = (code: string): string => (code === 'default' ? 'English' : language(code));

export const helpBlocks = (commands: readonly { readonly usage: string; readonly summary: string }[]): Message =>
  message([
    header('What you can do'),
    ...paragraphs(
      commands.map(
        ({ usage, summary }) => `\`${code(usage.startsWith('/') ? usage : `/outreach ${usage}`)}\`  ${escape(summary)}`,
      ),
    ),
    context('In a patient’s thread, what you write is texted. Begin with “note:” to keep it among staff.'),
  ]);

/** Between backticks only these three mean anything. */
const code = (text: string): string =>
  text.replace(/`/g, 'ˋ').replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');

const more = (rows: readonly unknown[], most: number, how = '') =>
  rows.length > most ? [context(`and ${count(rows.length - most)} more`, how)] : [];
