import { literalMrkdwn, smsToSlack, splitForSlack } from '../../domain/message-text';

/** How numbers, names, money and times read on cards. What people or files brought goes through `escape` or `name`. */

/** For mrkdwn: shown as typed, and does nothing. */
export const escape = literalMrkdwn;

/** At most `limit` UTF-16 units of plain text, cut after a word where that is possible, with `…` for the rest. */
export const clip = (text: string, limit: number): string => {
  if (text.length <= limit) return text;
  // What lies far behind the cut need not be looked at; the 200 let a long character be seen whole.
  const [start = ''] = splitForSlack(text.slice(0, limit + 200), limit - 1);
  return `${start.trimEnd()}…`;
};

/** The same for finished mrkdwn: an entity or a `<…>` at the cut goes as a whole. */
export const clipMrkdwn = (text: string, limit: number): string => {
  if (text.length <= limit) return text;
  const start = text.slice(0, limit - 1).replace(/[\ud800-\udbff]$/, '');
  return `${start.replace(/<[^<>]*$|&[a-z]{0,4}$/, '').trimEnd()}…`;
};

const LONGEST_NAME = 80;

/** A name of a file, template, group or patient: on one line, cut when long, escaped. */
export const name = (text: string, limit = LONGEST_NAME): string => escape(plainName(text, limit));

/** The same for plain_text. */
export const plainName = (text: string, limit = LONGEST_NAME): string =>
  clip(smsToSlack(text).replace(/\s+/g, ' ').trim(), limit) || '(no name)';

/** The first names of a list, and how many more there are. */
export const names = (list: readonly string[], most = 12): string => {
  const shown = list.slice(0, most).map((one) => name(one, 40));
  return list.length > most ? `${shown.join(', ')} and ${count(list.length - most)} more` : shown.join(', ');
};

/** A person in Slack. `app` stands for ourselves. */
export const user = (id: string): string => {
  if (/^[UW][A-Z0-9_]+$/.test(id)) return `<@${id}>`;
  return id === 'app' ? 'the app' : name(id);
};

/** Whoever is to be called: a person or a user group. */
export const mention = (id: string): string => (/^S[A-Z0-9_]+$/.test(id) ? `<!subteam^${id}>` : user(id));

/** Sentences of ours may mention people of the staff; all else in them is escaped. */
export const escapeAllButMentions = (text: string): string => escapeAllBut(/(<@[UW][A-Z0-9_]+>)/, text);

/** Settings name channels as well. */
export const escapeAllButIds = (text: string): string => escapeAllBut(/(<(?:@[UW]|#[CG])[A-Z0-9_]+>)/, text);

/**
 * A refusal: what somebody typed or called a group in it mentions nobody and is no link; `code` and the mentions of ours in
 * it stay.
 */
export const refusal = (text: string): string =>
  text
    .split(/(<(?:@[UW]|#[CG])[A-Z0-9_]+>)/)
    .map((part, index) => (index % 2 === 1 ? part : entities(part)))
    .join('');

const entities = (text: string): string => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');

/** @param ours in one group, so that splitting keeps what it finds */
const escapeAllBut = (ours: RegExp, text: string): string =>
  text
    .split(ours)
    .map((part, index) => (index % 2 === 1 ? part : escape(part)))
    .join('');

export const count = (number: number): string => number.toLocaleString('en-US');

/** `1 patient`, `2 patients`. */
export const plural = (number: number, one: string, many = `${one}s`): string =>
  `${count(number)} ${number === 1 ? one : many}`;

export const money = (amount: number): string =>
  amount.toLocaleString('en-US', { style: 'currency', currency: 'USD', minimumFractionDigits: 2 });

/** How long sending takes; empty when that is not known. */
export const duration = (minutes: number): string => {
  if (minutes <= 0) return '';
  if (minutes < 1) return 'less than a minute';
  if (minutes < 90) return `about ${plural(Math.ceil(minutes), 'minute')}`;
  return `about ${plural(Math.ceil(minutes / 60), 'hour')}`;
};

/** `America/New_York` → `New York`. */
export const cityOf = (zone: string): string => (zone.split('/').at(-1) ?? zone).replace(/_/g, ' ');

const CELLS = 15;

/** `▓▓▓▓▓▓▓▓▓▓░░░░░ 66 %`. Full only when all is done. */
export const bar = (done: number, all: number): string => {
  const share = all <= 0 ? 0 : Math.min(1, Math.max(0, done / all));
  const full = Math.floor(share * CELLS);
  return `${'▓'.repeat(full)}${'░'.repeat(CELLS - full)} ${Math.floor(share * 100)} %`;
};

/** `es` → `Spanish`. */
export const language = (code: string): string => {
  try {
    return name(new Intl.DisplayNames('en', { type: 'language' }).of(code) ?? code);
  } catch {
    return name(code); // not a language tag: as it stands in the file
  }
};

const DATE_AND_TIME = '{date_short_pretty} at {time}';

/** A moment in the reader's own time zone; older clients see it in `timeZone`. */
export const when = (at: Date, timeZone = 'UTC'): string => dateToken(at, DATE_AND_TIME, timeZone);

/** For the same day. */
export const clockTime = (at: Date, timeZone = 'UTC'): string => dateToken(at, '{time}', timeZone);

export const unixTime = (at: Date): number => Math.floor(at.getTime() / 1000);

const dateToken = (at: Date, format: string, timeZone: string): string =>
  `<!date^${unixTime(at)}^${format}|${plainTime(at, timeZone)}>`;

/** `Mar 3, 9:00 AM CST`. */
export const plainTime = (at: Date, timeZone = 'UTC'): string =>
  new Intl.DateTimeFormat('en-US', {
    timeZone,
    month: 'short',
    day: 'numeric',
    hour: 'numeric',
    minute: '2-digit',
    timeZoneName: 'short',
  })
    .format(at)
    .replace(/[\u00a0\u202f]/g, ' ');

const LONGEST_ADDRESS = 2000;

/** The address as a browser writes it; null when it is none, or one that Slack would not take. */
export const webAddress = (url: string): string | null => {
  if (!/^https?:\/\//.test(url) || !URL.canParse(url)) return null;
  const address = new URL(url).href.replace(/[<>|]/g, encodeURIComponent);
  return address.length > LONGEST_ADDRESS ? null : address;
};

/** A link with words of ours; only the words when there is nothing to link to. */
export const link = (url: string | null, words: string): string => {
  const address = url === null ? null : webAddress(url);
  return address === null ? words : `<${address.replace(/&/g, '&amp;')}|${words}>`;
};
