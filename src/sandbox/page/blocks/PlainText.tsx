import { withEmoji } from '../lib/emoji';
import type { TextObject } from './types';

export function PlainText({ text }: { text: TextObject | undefined }) {
  return text ? <>{plain(text)}</> : null;
}

/** Slack writes null for a title or a button that a view does not have. */
export function plain(text: TextObject | string | null | undefined): string {
  if (text === undefined || text === null) return '';
  return typeof text === 'string' ? text : withEmoji(text.text);
}
