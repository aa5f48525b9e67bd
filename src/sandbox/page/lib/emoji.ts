import { get } from 'node-emoji';

/** Slack's names where they differ from, or are newer than, the common table. */
const SLACK_NAMES: Readonly<Record<string, string>> = {
  white_check_mark: '✅',
  x: '❌',
  hourglass_flowing_sand: '⏳',
  hourglass: '⌛',
  warning: '⚠️',
  large_orange_circle: '🟠',
  large_yellow_circle: '🟡',
  large_green_circle: '🟢',
  large_blue_circle: '🔵',
  red_circle: '🔴',
  white_circle: '⚪',
  memo: '📝',
  eyes: '👀',
  no_entry: '⛔',
  no_entry_sign: '🚫',
  speech_balloon: '💬',
  clipboard: '📋',
  rotating_light: '🚨',
  raised_hand: '✋',
  hand: '✋',
  wave: '👋',
  heavy_check_mark: '✔️',
  ballot_box_with_check: '☑️',
  thumbsup: '👍',
  '+1': '👍',
  thumbsdown: '👎',
  '-1': '👎',
};

/** The character of an emoji's name; its name between colons when nobody knows it. */
export function emoji(name: string): string {
  const plain = name.replace(/^:|:$/g, '');
  return SLACK_NAMES[plain] ?? get(plain) ?? `:${plain}:`;
}

export function knownEmoji(name: string): boolean {
  return !emoji(name).startsWith(':');
}

/** Plain text with `:names:` replaced, for button labels and the like. */
export function withEmoji(text: string): string {
  return text.replace(/:([a-z0-9_+-]+):/g, (whole, name: string) => (knownEmoji(name) ? emoji(name) : whole));
}
