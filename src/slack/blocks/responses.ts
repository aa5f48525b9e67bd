import type { Button, KnownBlock, RichTextBlock, RichTextElement } from '@slack/types';
import type { ResponseRow, ResponsesFilter, ResponsesPage } from '../../domain/cards/card';
import { ACTIONS } from './action-ids';
import { actions, button, context, header, literal, section } from './elements';
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
  const show = (to: ResponsesFilter, label: string): Button => pageButton(page, { label, to, page: 0 });
  const line = (kind: 'urgent' | 'unexpected', sign: string): KnownBlock => {
    const words = `${sign} *${count(counts[kind])}* ${kind}`;
    if (filter === kind) return section(`${words}  ← shown below`);
    return section(words, counts[kind] > 0 ? show(kind, kind === 'urgent' ? 'Urgent' : 'Unexpected') : undefined);
  };
  const others = counts.other > 0 ? `, ${count(counts.other)} others` : '';
  return [
    line('urgent', '🔴'),
    line('unexpected', '🟠'),
    section(`💬 *${count(counts.expected)}* expected${others}`, filter === 'all' ? undefined : show('all', 'All')),
  ];
};

interface PageTarget {
  readonly label: string;
  readonly to: ResponsesFilter;
  readonly page: number;
}

const pageButton = ({ campaign }: ResponsesPage, { label, to, page }: PageTarget): Button =>
  button({
    label,
    action: ACTIONS.responsesPage,
    value: JSON.stringify({ campaignId: campaign?.id ?? null, filter: to, page }),
  });

/** With what stands around the rows, at most 50 blocks. */
const MOST_ROWS = 40;

const rowBlocks = ({ rows, filter }: ResponsesPage): KnownBlock[] => {
  if (rows.length === 0) return [section(filter === 'all' ? 'No replies yet.' : `No ${filter} replies.`)];
  const more = rows.length - MOST_ROWS;
  return [
    ...rows.slice(0, MOST_ROWS).map(rowBlock),
    ...(more > 0 ? [context(`and ${count(more)} more on this page: download the CSV`)] : []),
  ];
};

const LONGEST_WORDS = 150;

/** Rich text: nothing that a patient wrote works in it. */
const rowBlock = ({ who, text, replyClass, answer, at, permalink }: ResponseRow): RichTextBlock => {
  const about: RichTextElement[] = [
    { type: 'text', text: `${markOf(replyClass)} ` },
    { type: 'text', text: plainName(who, 60), style: { bold: true } },
    { type: 'text', text: `  ·  ${plainName(classInWords(replyClass, answer), 40)}  ·  ` },
    { type: 'date', timestamp: unixTime(at), format: '{date_short_pretty} at {time}', fallback: plainTime(at) },
  ];
  const url = permalink === null ? null : webAddress(permalink);
  if (url !== null) about.push({ type: 'text', text: '  ·  ' }, { type: 'link', url, text: 'Open the thread' });
  const words = literal(clip(text.replace(/\s+/g, ' '), LONGEST_WORDS), LONGEST_WORDS);
  return {
    type: 'rich_text',
    elements: [
      { type: 'rich_text_section', elements: about },
      { type: 'rich_text_quote', elements: words },
    ],
  };
};

const footer = (page: ResponsesPage): KnownBlock[] => {
  const previous = pageButton(page, { label: 'Previous', to: page.filter, page: page.page - 1 });
  const next = pageButton(page, { label: 'Next', to: page.filter, page: page.page + 1 });
  const download = button({
    label: 'Download CSV',
    action: ACTIONS.responsesDownload,
    value: JSON.stringify({ campaignId: page.campaign?.id ?? null, filter: page.filter, page: page.page }),
  });
  return [
    ...(page.page > 0 || page.more
      ? [section(`Page ${count(page.page + 1)}`, page.page > 0 ? previous : undefined)]
      : []),
    ...actions(page.more && next, download),
  ];
};
