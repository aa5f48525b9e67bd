import type { Button, KnownBlock } from '@slack/types';
import type { AuditPage, AuditQuery, AuditRow } from '../../domain/cards/audit';
import { ACTIONS } from './action-ids';
import { actions, button, context, header, paragraphs, section } from './elements';
import { message } from './message';
import type { Message } from './message';
import { clip, count, escape, name, plainTime, plural, user, when } from './words';

/** `/outreach audit`: who did what, newest first. */
export const auditBlocks = (page: AuditPage): Message =>
  message([header(plural(page.all, 'entry', 'entries')), ...filterBlocks(page), ...rowBlocks(page), ...footer(page)]);

const filterBlocks = ({ query, timeZone }: AuditPage): KnownBlock[] => {
  const { actor, patientId, campaignId, from, to, action } = query;
  const parts = [
    actor === undefined ? '' : `by ${user(actor)}`,
    patientId === undefined ? '' : `about patient ${patientId}`,
    campaignId === undefined ? '' : `of send ${campaignId}`,
    from === undefined ? '' : `from ${plainTime(new Date(from), timeZone)}`,
    to === undefined ? '' : `before ${plainTime(new Date(to), timeZone)}`,
    action === undefined ? '' : `“${name(action.replace(/_/g, ' '), 60)}”`,
  ].filter((part) => part !== '');
  return parts.length === 0 ? [] : [context(`Only ${parts.join(', ')}`)];
};

const rowBlocks = ({ rows, query }: AuditPage): KnownBlock[] => {
  if (rows.length > 0) return paragraphs(rows.map(rowLine));
  return [section(query.page > 0 ? 'There is nothing on this page any more.' : 'Nothing like that is on the record.')];
};

const LONGEST_DETAIL = 200;

const rowLine = ({ id, at, actor, words, subject, whom, detail }: AuditRow): string => {
  const about = [
    escape(subject),
    whom === null ? '' : name(whom, 60),
    detail === '' ? '' : escape(clip(detail, LONGEST_DETAIL)),
    `row ${id}`,
  ].filter((part) => part !== '');
  return `${when(at)}  ${user(actor)} *${escape(words)}*  ·  ${about.join('  ·  ')}`;
};

const footer = ({ query, more, all }: AuditPage): KnownBlock[] => [
  ...actions(
    query.page > 0 && pageButton(query, 'Newer', query.page - 1),
    more && pageButton(query, 'Older', query.page + 1),
    all > 0 && button({ label: 'Download CSV', action: ACTIONS.auditDownload, value: JSON.stringify(query) }),
  ),
  context(
    `${query.page > 0 || more ? `Page ${count(query.page + 1)}  ·  ` : ''}To see less: \`/outreach audit @somebody\`, \`send 12\`, \`today\`, \`2026-11-01 to 2026-11-30\`, \`reveal\`, \`patient 1001\`, or several of them.`,
  ),
];

/** Slack takes an action id once in a block. */
const pageButton = (query: AuditQuery, label: 'Newer' | 'Older', page: number): Button =>
  button({
    label,
    action: label === 'Newer' ? ACTIONS.auditNewer : ACTIONS.auditOlder,
    value: JSON.stringify({ ...query, page }),
  });
