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
  const pressure = pressures(waiting, emergencyWords);
  const byPhone = new Map<string, number>();
  for (const { text, phone } of waiting) {
    const pressing = pressure.get(text) ?? 1;
    byPhone.set(phone, Math.min(byPhone.get(phone) ?? pressing, pressing));
  }
  return [...waiting].sort((a, b) => (byPhone.get(a.phone) ?? 0) - (byPhone.get(b.phone) ?? 0));
}

/** By text, 0 being the most pressing: of five thousand replies most say the same. */
function pressures(waiting: readonly WaitingText[], emergencyWords: readonly string[]): ReadonlyMap<string, number> {
  const words = new Map<string, string>();
  const alike = new Map<string, number>();
  for (const { text } of waiting) {
    const plain = words.get(text) ?? plainWords(text).join(' ');
    words.set(text, plain);
    alike.set(plain, (alike.get(plain) ?? 0) + 1);
  }
  const pressureOf = (text: string, plain: string): number =>
    findEmergencyWord(text, emergencyWords) !== undefined ? 0 : (alike.get(plain) ?? 0) >= MANY ? 2 : 1;
  return new Map([...words].map(([text, plain]) => [text, pressureOf(text, plain)]));
}
