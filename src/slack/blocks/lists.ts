import type { KnownBlock } from '@slack/types';
import type { CampaignState } from '../../domain/campaign';
import type { GroupRow, StatusRow, TemplateRow } from '../../domain/cards/card';
import { ACTIONS } from './action-ids';
import { button, context, header, paragraphs, plain, section } from './elements';
import { message } from './message';
import type { Message } from './message';
import { sentOf, waitingOf } from './send-facts';
import { count, escape, language, name, names, plural, when } from './words';

const MOST_GROUPS = 100;
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

export const groupsBlocks = (rows: readonly GroupRow[]): Message =>
  message(
    rows.length === 0
      ? [section('No groups yet. They come from the group column of the files that you import.')]
      : [
          header(plural(rows.length, 'group')),
          ...paragraphs(
            rows
              .slice(0, MOST_GROUPS)
              .map(
                ({ name: group, members }) =>
                  `*${count(members)}* ${members === 1 ? 'patient' : 'patients'}  ·  ${name(group)}`,
              ),
          ),
          ...more(rows, MOST_GROUPS),
        ],
  );

export const templatesBlocks = (rows: readonly TemplateRow[]): Message =>
  message(
    rows.length === 0
      ? [section('No templates yet. Write one with `/outreach template new`.')]
      : [
          header(plural(rows.length, 'template')),
          ...rows.slice(0, MOST_TEMPLATES).flatMap(templateBlocks),
          ...more(rows, MOST_TEMPLATES),
        ],
  );

/** The text is plain: who copies a placeholder gets what was typed. */
const templateBlocks = ({ id, name: title, version, languages, text, replies }: TemplateRow): KnownBlock[] => {
  const about = [
    `“${name(title, 60)}”`,
    `version ${version}`,
    ...(languages.length > 1 ? [languages.slice(0, 4).map(languageName).join(', ')] : []),
    ...(replies.length > 0 ? [`answers ${names(replies, 4)}`] : []),
  ];
  const send = button({ label: 'Send this', action: ACTIONS.sendFromTemplate, value: String(id) });
  return [section(about.join('  ·  '), send), { type: 'context', elements: [plain(text.replace(/\s+/g, ' '), 200)] }];
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

const more = (rows: readonly unknown[], most: number) =>
  rows.length > most ? [context(`and ${count(rows.length - most)} more`)] : [];
