import { emojiOf, skinTone } from './slack-emoji';

/**
 * Texts on their way between Slack and a phone. What staff type reaches the patient as they see it, without Slack's markup;
 * what a patient types stands in Slack as it was typed, and does nothing there.
 */
export interface SlackNames {
  /** How a Slack user is called in a text to a patient; undefined when not known. */
  readonly nameOfUser?: (userId: string) => string | undefined;
}

/**
 * Undoes the markup that Slack puts into the `text` of a message: entities, mentions, links, emoji names, bullets. `*`, `_`
 * and `~` stay as they were typed. Custom emoji, which no phone knows, stay as `:name:`.
 */
export const slackToSms = (text: string, names: SlackNames = {}): string =>
  text
    .replace(/<([^<>]*)>|[^<]+|</g, (part, markup: string | undefined) =>
      markup === undefined ? readPlain(part) : readMarkup(markup, names),
    )
    .replace(/^([ \t]*)[•◦▪][ \t]+/gm, '$1- ') // Slack's bullets: staff typed "- "
    .replace(/\u00a0/g, ' ')
    .replace(/\u2060/g, '') // ours, see literalMrkdwn
    .trim();

const ENTITIES: Readonly<Record<string, string>> = { '&amp;': '&', '&lt;': '<', '&gt;': '>' };

const readPlain = (text: string): string =>
  withEmoji(text).replace(/&(?:amp|lt|gt);/g, (entity) => ENTITIES[entity] ?? entity);

const EMOJI_NAME = /:([\p{L}\p{N}_+'-]{1,100}):(?::skin-tone-([2-6]):)?/uy;

/**
 * "at 10:30: ok :wave:" has one emoji: where a name is not known, its closing colon may open the next. ":100:" between
 * digits is a time of day or a ratio.
 */
const withEmoji = (text: string): string => {
  let read = '';
  for (let index = 0; index < text.length;) {
    EMOJI_NAME.lastIndex = index;
    const [whole, name, tone] = (text[index] === ':' && EMOJI_NAME.exec(text)) || [];
    const inNumber = /^\d+$/.test(name ?? '') && /\d/.test(text[index - 1] ?? '');
    const emoji = name === undefined || inNumber ? undefined : emojiOf(name);
    read += emoji === undefined ? text.charAt(index) : emoji + (tone === undefined ? '' : skinTone(Number(tone)));
    index += emoji === undefined || whole === undefined ? 1 : whole.length;
  }
  return read;
};

/** What stands between `<` and `>`: a mention, a channel, a command or a link, with `|` before what Slack shows. */
const readMarkup = (markup: string, { nameOfUser }: SlackNames): string => {
  const bar = markup.indexOf('|');
  const target = bar < 0 ? markup : markup.slice(0, bar);
  const label = readPlain(bar < 0 ? '' : markup.slice(bar + 1));
  if (target.startsWith('@')) return `@${nameOfUser?.(target.slice(1)) ?? (label.replace(/^@/, '') || 'someone')}`;
  if (target.startsWith('#')) return `#${label.replace(/^#/, '') || 'channel'}`;
  if (target.startsWith('!')) return readCommand(target.slice(1), label);
  return readLink(readPlainUrl(target), label);
};

/** `<!here>`, `<!subteam^S1|@nurses>`, `<!date^1700000000^{date}|Nov 14>`. */
const readCommand = (command: string, label: string): string => {
  if (command.startsWith('subteam')) return `@${label.replace(/^@/, '') || 'someone'}`;
  return label || `@${command}`;
};

/** An address may hold colons, which are no emoji. */
const readPlainUrl = (url: string): string => url.replace(/&(?:amp|lt|gt);/g, (entity) => ENTITIES[entity] ?? entity);

const readLink = (target: string, label: string): string => {
  const shown = target.replace(/^(?:mailto|tel):/, '');
  if (label === '') return shown;
  return sameAddress(shown, label) ? label : `${label} (${shown})`;
};

/** Slack makes `<http://example.org|example.org>` and `<tel:+13125550100|312 555 0100>` of what was typed without markup. */
const sameAddress = (target: string, label: string): boolean => {
  const bare = (address: string): string => address.toLowerCase().replace(/^https?:\/\/|\/$/g, '');
  const digits = (number: string): string => number.replace(/\D/g, '').slice(-10);
  const isNumber = /^[+\d\s().-]{7,}$/;
  return bare(target) === bare(label) || (isNumber.test(label) && digits(target) === digits(label));
};

/**
 * A patient's text for Slack, as typed. It is plain: put it into a `rich_text` block's text element or a `plain_text`
 * object with `emoji: false`, where `*`, `<!channel>`, `:smile:` and `&` mean nothing, so that nothing has to be escaped
 * and nothing is changed. Only what cannot be shown is taken out: control characters, halves of characters, and the marks
 * that turn the direction of everything after them around (a right-to-left script does not need them).
 */
export const smsToSlack = (text: string): string =>
  text
    .replace(/\r\n?|\u2028|\u2029/g, '\n')
    .replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e]/g, '')
    .replace(/\p{Surrogate}/gu, '\ufffd');

/**
 * The same for where Slack takes mrkdwn only: a message's fallback `text`, a section. Entities are escaped, and an invisible
 * word joiner after each sign of Slack's keeps it from doing anything. Prefer {@link smsToSlack}: this one is not what the
 * patient typed to somebody who copies it. {@link slackToSms} takes the joiners out again.
 */
export const literalMrkdwn = (text: string): string =>
  smsToSlack(text)
    .replace(/[*_~`:@#]|^[ \t]*[>•◦▪]/gm, '$&\u2060')
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/^>/gm, '\u2060>') // at the start of a line even an escaped one is a quotation
    .replace(/>/g, '&gt;');

/**
 * Parts of at most `limit` UTF-16 units (Slack's limit of a text object is 3,000), which put together are the text again.
 * They end after a line or a word where there is one in the second half, and never inside a character.
 */
export const splitForSlack = (text: string, limit = 3000): readonly string[] => {
  const parts: string[] = [];
  let rest = text;
  while (rest.length > limit) {
    const end = endOfPart(rest, limit);
    parts.push(rest.slice(0, end));
    rest = rest.slice(end);
  }
  return rest === '' ? parts : [...parts, rest];
};

const endOfPart = (text: string, limit: number): number => {
  const start = text.slice(0, limit);
  const gap = [start.lastIndexOf('\n'), start.lastIndexOf(' ')].find((index) => index >= limit / 2);
  if (gap !== undefined) return gap + 1;
  // A character as people see it may be of many units: the one at the limit goes into the next part.
  const index = graphemes.segment(text.slice(0, limit + LONGEST_CHARACTER)).containing(limit)?.index ?? limit;
  if (index > 0) return index;
  return /[\ud800-\udbff]$/.test(start) && limit > 1 ? limit - 1 : limit;
};

/** In UTF-16 units; longer ones are made to break programs, and may be cut. */
const LONGEST_CHARACTER = 200;

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });
