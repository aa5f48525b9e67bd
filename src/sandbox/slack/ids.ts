import { randomBytes, randomUUID } from 'node:crypto';
import type { SandboxClock } from '../clock';

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789';

/** As Slack's ids look: a letter for the kind, then uppercase letters and digits. */
export const newId = (prefix: string, length = 10): string =>
  prefix + [...randomBytes(length)].map((byte) => ALPHABET[byte % ALPHABET.length]).join('');

export const newSecret = (): string => randomUUID().replaceAll('-', '');

/**
 * Slack's `ts`: seconds and six digits. It is also the message's id in its channel, so it is never given twice, and
 * always grows, also when two messages are posted in the same millisecond.
 */
export const createTsMaker = (clock: SandboxClock): (() => string) => {
  let last = 0;
  return () => {
    last = Math.max(clock.now().getTime() * 1000, last + 100);
    return `${Math.floor(last / 1_000_000)}.${String(last % 1_000_000).padStart(6, '0')}`;
  };
};

export const secondsOf = (clock: SandboxClock): number => Math.floor(clock.now().getTime() / 1000);
