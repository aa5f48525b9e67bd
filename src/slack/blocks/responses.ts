import type {
  Button,
  KnownBlock,
  PlainTextOption,
  RichTextBlock,
  RichTextElement,
  StaticSelect,
  TableBlock,
} from '@slack/types';
import type { ResponseRow, ResponsesFilter, ResponsesPage, ResponsesSort } from '../../domain/cards/card';
import { ACTIONS } from './action-ids';
import { actions, button, context, header, literal, plain, section } from './elements';
import { message } from './message';
import type { Message } from './message';
import { classInWords, markOf } from './reply-marks';
import { clip, count, plainName, plainTime, plural, unixTime, webAddress } from './words';

/** `/outreach responses`: counts first, then the rows in the order that they come in: urgent, unexpected, the rest. */
export const responsesBlocks = (page: ResponsesPage): Message =>
  message([header(titleOf(page)), ...countBlocks(page), ...rowBlocks(page), ...footer(page)]);

const titleOf = ({ campaign, counts }: ResponsesPage): string => {
  const all = counts.urgent + counts.unexpected + counts.expected + counts.other;
  const replies = plural(all, 'reply', 'replies');
  return campaign === null ? replies : `${replies} to “${plainName(campaign.name, 60)}”`;
};

/** Each count has its filter beside it (Slack takes an action id once in a block), unless it is chosen or holds nothing. */
const countBlocks = (page: ResponsesPage): KnownBlock[] => {
  const { counts, filter } = page;
  const line = (kind: Exclude<ResponsesFilter, 'all'>, number: number, words: string): KnownBlock => {
    const said = `${SIGNS[kind]} *${count(number)}* ${words}`;
    if (filter === kind) return section(`${said}  ← shown below`);
    return section(said, number > 0 ? pageButton(page, { label: LABELS[kind], to: kind, page: 0 }) : undefined);
  };
  const others = counts.other > 0 ? `, ${plural(counts.other, 'other')}` : '';
  const all = filter === 'all' ? undefined : pageButton(page, { label: 'All', to: 'all', page: 0 });
  return [
    line('urgent', counts.urgent, 'urgent'),
    line('unexpected', counts.unexpected, 'unexpected'),
    line('unanswered', counts.unanswered, 'unanswered'),
    section(`💬 *${count(counts.expected)}* expected${others}`, all),
    ...(counts.silent === null ? [] : [line('silent', counts.silent, 'without an answer')]),
  ];
};

const SIGNS = { urgent: '🔴', unexpected: '🟠', unanswered: '⏱️', silent: '🔇' } as const;
const LABELS = { urgent: 'Urgent', unexpected: 'Unexpected', unanswered: 'Unanswered', silent: 'No answer' } as const;

interface PageTarget {
  readonly to: ResponsesFilter;
  readonly page: number;
  readonly sort?: ResponsesSort;
}

const valueOf = ({ campaign, sort }: ResponsesPage, target: PageTarget): string =>
  JSON.stringify({ campaignId: campaign?.id ?? null, filter: target.to, sort: target.sort ?? sort, page: target.page });

const pageButton = (page: ResponsesPage, { label, ...target }: PageTarget & { readonly label: string }): Button =>
  button({ label, action: ACTIONS.responsesPage, value: valueOf(page, target) });

const SORTS = { class: 'Urgent first', answer: 'By answer', time: 'Newest first', patient: 'By patient' } as const;

const sortMenu = (page: ResponsesPage): StaticSelect => {
  const option = (sort: ResponsesSort): PlainTextOption => ({
    text: plain(SORTS[sort], 75),
    value: valueOf(page, { to: page.filter, page: 0, sort }),
  });
  const options = (['class', 'answer', 'time', 'patient'] as const).map(option);
  return {
    type: 'static_select',
    action_id: ACTIONS.responsesSort,
    placeholder: plain('Sort', 150),
    options,
    initial_option: option(page.sort),
  };
};

/** With what stands around the rows, at most 50 blocks. */
const MOST_ROWS = 40;

const rowBlocks = ({ rows, filter }: ResponsesPage): KnownBlock[] => {
  if (rows.length === 0) return [section(NOTHING[filter])];
  const more = rows.length - MOST_ROWS;
  return [
    table(rows.slice(0, MOST_ROWS)),
    ...(more > 0 ? [context(`and ${count(more)} more on this page: download the CSV`)] : []),
  ];
};

const NOTHING: Readonly<Record<ResponsesFilter, string>> = {
  all: 'No replies yet.',
  urgent: 'No urgent replies.',
  unexpected: 'No unexpected replies.',
  unanswered: 'Nobody waits for an answer.',
  silent: 'Nobody who got the text is without an answer.',
};

const LONGEST_WORDS = 150;

const HEADINGS = ['Patient', 'Reply', 'Class', 'When', 'Thread'] as const;

/** Rich text in every cell: nothing that a patient wrote works in it. */
const cell = (...elements: RichTextElement[]): RichTextBlock => ({
  type: 'rich_text',
  elements: [{ type: 'rich_text_section', elements }],
});

const wordsCell = (text: string): RichTextBlock => cell({ type: 'text', text });

const table = (rows: readonly ResponseRow[]): TableBlock => ({
  type: 'table',
  column_settings: HEADINGS.map((heading) => ({ is_wrapped: heading === 'Reply' })),
  rows: [HEADINGS.map((heading) => cell({ type: 'text', text: heading, style: { bold: true } })), ...rows.map(cellsOf)],
});

const cellsOf = ({ who, text, replyClass, answer, at, permalink }: ResponseRow): RichTextBlock[] => {
  const url = permalink === null ? null : webAddress(permalink);
  return [
    cell(
      { type: 'text', text: `${markOf(replyClass)} ` },
      { type: 'text', text: plainName(who, 60), style: { bold: true } },
    ),
    text === null ? wordsCell('–') : cell(...literal(clip(text.replace(/\s+/g, ' '), LONGEST_WORDS), LONGEST_WORDS)),
    wordsCell(plainName(classInWords(replyClass, answer), 40)),
    cell({ type: 'date', timestamp: unixTime(at), format: '{date_short_pretty} at {time}', fallback: plainTime(at) }),
    url === null ? wordsCell('–') : cell({ type: 'link', url, text: 'Open' }),
  ];
};

const footer = (page: ResponsesPage): KnownBlock[] => {
  const previous = pageButton(page, { label: 'Previous', to: page.filter, page: page.page - 1 });
  const next = pageButton(page, { label: 'Next', to: page.filter, page: page.page + 1 });
  const download = button({
    label: 'Download CSV',
    action: ACTIONS.responsesDownload,
    value: valueOf(page, { to: page.filter, page: 0 }),
  });
  return [
    ...(page.page > 0 || page.more
      ? [section(`Page ${count(page.page + 1)}`, page.page > 0 ? previous : undefined)]
      : []),
    ...actions(page.more && next, (page.page > 0 || page.rows.length > 1) && sortMenu(page), download),
  ];
};
