import { withEmoji } from '../lib/emoji';
import type { TextObject } from './types';

export function PlainText({ text }: { text: TextObject | undefined }) {
  return text ? <>{plain(text)}</> : null;
}

export function plain(text: TextObject | string | undefined): string {
  if (text === undefined) return '';
  return typeof text === 'string' ? text : withEmoji(text.text);
}
