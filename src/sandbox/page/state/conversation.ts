import type { SandboxChannel, SandboxMessage, SlackState } from '../../contract';
import type { ReadMarks } from './use-read-marks';

export interface Thread {
  readonly root: SandboxMessage;
  readonly replies: readonly SandboxMessage[];
}

export function isReply(message: SandboxMessage): boolean {
  return message.threadTs !== undefined && message.threadTs !== message.ts;
}

export function isBroadcast(message: SandboxMessage): boolean {
  return message.broadcast === true;
}

/** What stands in the channel itself: messages, broadcast replies, and tombstones of deleted ones that have replies. */
export function topLevel(messages: readonly SandboxMessage[], channel: string): SandboxMessage[] {
  const answered = new Set(messages.filter(isReply).map((m) => m.threadTs));
  return messages.filter(
    (m) => m.channel === channel && (!isReply(m) || isBroadcast(m)) && (!m.deleted || answered.has(m.ts)),
  );
}

export function repliesByThread(messages: readonly SandboxMessage[], channel: string): Map<string, SandboxMessage[]> {
  const threads = new Map<string, SandboxMessage[]>();
  for (const message of messages) {
    if (message.channel !== channel || !isReply(message) || message.deleted || !message.threadTs) continue;
    const replies = threads.get(message.threadTs);
    if (replies) replies.push(message);
    else threads.set(message.threadTs, [message]);
  }
  return threads;
}

/** Messages of others, in threads too, that came after the mark. */
export function unreadCount(state: SlackState, channel: string, user: string, marks: ReadMarks): number {
  const mark = Number(marks[placeOf(user, channel)] ?? 0);
  // A mark in the future is of a sandbox that has been started anew since.
  const from = mark > Number(newestTs(state.messages, channel)) ? 0 : mark;
  const isNew = (m: SandboxMessage): boolean => m.user !== user && !m.deleted && Number(m.ts) > from;
  return state.messages.filter((m) => m.channel === channel && isNew(m)).length;
}

export function newestTs(messages: readonly SandboxMessage[], channel: string): string {
  return messages.reduce((newest, m) => (m.channel === channel && Number(m.ts) > Number(newest) ? m.ts : newest), '0');
}

export function placeOf(user: string, place: string): string {
  return `${user}:${place}`;
}

export function isDm(channel: SandboxChannel): boolean {
  return channel.imUser !== undefined;
}

/** Where a link to a message leads (`…/archives/C123/p1795460444809000`), as Slack opens it without leaving the page. */
export function linkedMessage(href: string): { channel: string; thread: string } | undefined {
  const [, channel, seconds, fraction] = /\/archives\/(\w+)\/p(\d+)(\d{6})(?:$|\?)/.exec(href) ?? [];
  if (!channel || !seconds || !fraction) return undefined;
  return { channel, thread: new URL(href).searchParams.get('thread_ts') ?? `${seconds}.${fraction}` };
}
