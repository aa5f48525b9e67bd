/** What a person types is not what the app gets: Slack escapes it, links it, and names its emoji. */
import { namedEmoji } from '../emoji';

const ESCAPES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

/** Mentions, put in by choosing from a list, are the one kind of markup that a person can type. */
const MENTION = /<(?:@[UW][A-Z0-9]+|#C[A-Z0-9]+(?:\|[^<>|]*)?|!(?:here|channel|everyone)|!subteam\^S[A-Z0-9]+)>/g;

const LINK = /\bhttps?:\/\/[^\s<>]*[^\s<>.,;:!?)'"]/g;
const EMAIL = /\b[\w.+-]+@[\w-]+\.[\w.-]*\w\b/g;

const escape = (text: string): string => text.replace(/[&<>]/g, (character) => ESCAPES[character] ?? character);

const markLinks = (text: string): string =>
  text.replace(LINK, (link) => `<${link}>`).replace(EMAIL, (address) => `<mailto:${address}|${address}>`);

export const typedText = (text: string): string => {
  const mentions = [...text.matchAll(MENTION)].map(([mention]) => mention);
  const plain = text.split(MENTION).map((part) => markLinks(namedEmoji(escape(part))));
  return plain.map((part, index) => part + (mentions[index] ?? '')).join('');
};
