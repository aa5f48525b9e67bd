/** GET Messages.json: newest first, filtered, in pages that hold still while new messages arrive. */
import type { MessageRecord } from '../core/record';
import type { Answer, Call } from './call';
import { badRequest } from './errors';
import { messageResource } from './resource';

const DEFAULT_PAGE = 50;
const LARGEST_PAGE = 1000;
const DAY_MS = 86_400_000;
const DATE_ONLY = /^\d{4}-\d{2}-\d{2}$/;

interface Span {
  readonly from: number;
  readonly to: number;
}

const readTime = (text: string): number => {
  const at = Date.parse(DATE_ONLY.test(text) ? `${text}T00:00:00Z` : text);
  if (Number.isNaN(at)) throw badRequest(20001, `'${text}' is not a date.`);
  return at;
};

/** Bounds are inclusive, in whole seconds. `DateSent` alone means that day in UTC. */
const readSpan = (query: URLSearchParams): Span | null => {
  const [day, after, before] = [query.get('DateSent'), query.get('DateSent>'), query.get('DateSent<')];
  if (day === null && after === null && before === null) return null;
  const start = day === null ? -Infinity : Math.floor(readTime(day) / DAY_MS) * DAY_MS;
  const earliest = after === null ? -Infinity : readTime(after);
  const latest = before === null ? Infinity : readTime(before) + (DATE_ONLY.test(before) ? DAY_MS : 1000) - 1;
  return { from: Math.max(start, earliest), to: day === null ? latest : Math.min(start + DAY_MS - 1, latest) };
};

/** What has not been sent yet has no date, and so is in no span of dates. */
const within = (record: MessageRecord, span: Span): boolean => {
  if (record.sentAt === null) return false;
  const second = Math.floor(record.sentAt / 1000) * 1000;
  return second >= Math.floor(span.from / 1000) * 1000 && second <= span.to;
};

interface Page {
  readonly size: number;
  readonly number: number;
  /** Only messages made before this position. */
  readonly before: number;
}

const readPage = (call: Call): Page => {
  const { query } = call;
  const size = Number(query.get('PageSize') ?? DEFAULT_PAGE);
  const number = Number(query.get('Page') ?? 0);
  if (!Number.isInteger(size) || size < 1) throw badRequest(20001, 'PageSize must be a whole number from 1 to 1000.');
  if (!Number.isInteger(number) || number < 0) throw badRequest(20001, 'Page must be a whole number.');
  const token = query.get('PageToken');
  const position = token === null ? Infinity : call.world.messages.position(token.slice(2));
  if (position === undefined) throw badRequest(20006, `PageToken ${token ?? ''} is invalid.`);
  return { size: Math.min(size, LARGEST_PAGE), number, before: position };
};

/** One more than fits tells whether there is a next page. */
const collect = (call: Call, page: Page): MessageRecord[] => {
  const to = call.query.get('To') ?? undefined;
  const from = call.query.get('From') ?? undefined;
  const span = readSpan(call.query);
  const candidates = call.world.messages.candidates(to, from);
  const found: MessageRecord[] = [];
  let skip = page.before === Infinity ? page.number * page.size : 0;
  for (let at = candidates.length - 1; at >= 0 && found.length <= page.size; at -= 1) {
    const record = candidates[at];
    if (record === undefined || record.deleted || record.seq >= page.before) continue;
    if ((to !== undefined && record.to !== to) || (from !== undefined && record.from !== from)) continue;
    if (span !== null && !within(record, span)) continue;
    if (skip > 0) skip -= 1;
    else found.push(record);
  }
  return found;
};

const pageUri = (call: Call, page: Page, token: string | null): string => {
  const query = new URLSearchParams(call.query);
  query.set('PageSize', String(page.size));
  query.set('Page', String(page.number));
  if (token === null) query.delete('PageToken');
  else query.set('PageToken', token);
  return `${call.path}?${query.toString()}`;
};

export const listMessages = (call: Call): Answer => {
  const page = readPage(call);
  const found = collect(call, page);
  const shown = found.slice(0, page.size);
  const last = shown[shown.length - 1];
  const next = { ...page, number: page.number + 1 };
  const { accountSid } = call.world.options.credentials;
  const start = page.number * page.size;
  const body = {
    first_page_uri: pageUri(call, { ...page, number: 0 }, null),
    end: start + Math.max(shown.length - 1, 0),
    previous_page_uri: null,
    messages: shown.map((record) => messageResource(accountSid, record)),
    uri: pageUri(call, page, call.query.get('PageToken')),
    page_size: page.size,
    start,
    next_page_uri: found.length > page.size && last !== undefined ? pageUri(call, next, `PA${last.sid}`) : null,
    page: page.number,
  };
  return { status: 200, body };
};
