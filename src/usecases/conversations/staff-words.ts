import { slackToSms } from '../../domain/message-text';
import type { Ports } from '../ports';

const MENTION = /<@([UW][A-Z0-9]+)/g;

/** What staff typed, as the patient is to read it: Slack's markup undone, colleagues by their names. */
export async function asTyped({ room }: Pick<Ports, 'room'>, text: string): Promise<string> {
  const mentioned = [...new Set([...text.matchAll(MENTION)].map(([, id = '']) => id))];
  const names = new Map(await Promise.all(mentioned.map(async (id) => [id, await room.nameOf(id)] as const)));
  return slackToSms(text, { nameOfUser: (id) => names.get(id) ?? undefined }).trim();
}

/** `//` and `note:` stay among staff. */
export const isNote = (text: string): boolean => /^\s*(\/\/|note:)/i.test(text);
