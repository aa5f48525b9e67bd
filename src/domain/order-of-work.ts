import { findEmergencyWord } from './emergency-words';
import { plainWords } from './plain-words';

export interface WaitingText {
  readonly id: number;
  readonly phone: string;
  readonly text: string;
}

/** What so many patients have written alike is an answer to a campaign; what hardly anybody writes needs a person. */
const MANY = 20;

/**
 * In which order patients' texts are worked on when thousands wait: who may be in danger first, then what hardly anybody
 * else writes, then what many have answered. It only says who is next; what a text is, reply-classification.ts decides.
 *
 * The texts of one phone keep their order, and what is pressing takes the same phone's earlier texts along: "STOP" and
 * "START" mean something else the other way round.
 * @param waiting in order of arrival
 * @returns the same texts
 */
export function orderOfWork<T extends WaitingText>(waiting: readonly T[], emergencyWords: readonly string[]): T[] {
  const alike = new Map<string, number>();
  const keys = waiting.map(({ text }) => plainWords(text).join(' '));
  for (const key of keys) alike.set(key, (alike.get(key) ?? 0) + 1);
  const byPhone = new Map<string, number>();
  for (const [index, { text, phone }] of waiting.entries()) {
    const pressing = pressureOf(text, alike.get(keys[index] ?? '') ?? 0, emergencyWords);
    byPhone.set(phone, Math.min(byPhone.get(phone) ?? pressing, pressing));
  }
  return [...waiting].sort((a, b) => (byPhone.get(a.phone) ?? 0) - (byPhone.get(b.phone) ?? 0) || a.id - b.id);
}

/** 0 is the most pressing. */
function pressureOf(text: string, alike: number, emergencyWords: readonly string[]): number {
  if (findEmergencyWord(text, emergencyWords) !== undefined) return 0;
  return alike >= MANY ? 2 : 1;
}
