/** Slack's emoji names. They are mostly those of node-emoji; where they differ, Slack's count. */
import { has, unemojify } from 'node-emoji';

/** Slack's own names of what others call `orange_circle` and so on; the plain names do not exist in Slack. */
const OWN_NAMES: Record<string, string> = {
  '🟠': 'large_orange_circle',
  '🟡': 'large_yellow_circle',
  '🟢': 'large_green_circle',
  '🟣': 'large_purple_circle',
  '🟤': 'large_brown_circle',
  '🔵': 'large_blue_circle',
  '🟥': 'large_red_square',
  '🟧': 'large_orange_square',
  '🟨': 'large_yellow_square',
  '🟩': 'large_green_square',
  '🟦': 'large_blue_square',
  '🟪': 'large_purple_square',
};

const ALIASES: Record<string, string> = { thumbsup: '+1', thumbsdown: '-1' };

const NOT_SLACKS = /^(orange|yellow|green|purple|brown|blue)_circle$|^(red|orange|yellow|green|blue|purple)_square$/;

/** The name under which Slack keeps a reaction; undefined if there is no such emoji. */
export const emojiName = (given: string): string | undefined => {
  const [name = '', tone] = given.split('::');
  const plain = ALIASES[name] ?? name;
  const isKnown = Object.values(OWN_NAMES).includes(plain) || (has(plain) && !NOT_SLACKS.test(plain));
  if (!isKnown || !/^[a-z0-9_+'-]+$/.test(plain)) return undefined;
  return tone === undefined ? plain : `${plain}::${tone}`;
};

const SKIN_TONE = /[\u{1F3FB}-\u{1F3FF}]/gu;

/** Emoji that somebody types reach the app by name: 👍🏽 as `:+1::skin-tone-4:`. */
export const namedEmoji = (text: string): string => {
  let named = text;
  for (const [character, name] of Object.entries(OWN_NAMES)) named = named.replaceAll(character, `:${name}:`);
  // The tone's first value, U+1F3FB, is Slack's skin-tone-2.
  const toned = named.replace(SKIN_TONE, (tone) => `\u0000${(tone.codePointAt(0) ?? 0) - 0x1f3fb + 2}\u0000`);
  return unemojify(toned).replace(/\u0000(\d)\u0000/g, ':skin-tone-$1:');
};
