/** Twilio's default handling of STOP, START and HELP: the word must be the whole message. */
import type { Phones } from '../core/phones';

export type OptOutType = 'STOP' | 'START' | 'HELP';

const STOP: ReadonlySet<string> = new Set([
  'STOP',
  'STOPALL',
  'UNSUBSCRIBE',
  'CANCEL',
  'END',
  'QUIT',
  'REVOKE',
  'OPTOUT',
]);
const START: ReadonlySet<string> = new Set(['START', 'YES', 'UNSTOP']);
const HELP: ReadonlySet<string> = new Set(['HELP', 'INFO']);

export const CONFIRMATIONS: Readonly<Record<OptOutType, string>> = {
  STOP: 'You have successfully been unsubscribed. You will not receive any more messages from this number. Reply START to resubscribe.',
  START:
    'You have successfully been re-subscribed to messages from this number. Reply HELP for help. Reply STOP to unsubscribe. Msg&Data Rates May Apply.',
  HELP: 'Reply STOP to unsubscribe. Msg&Data Rates May Apply.',
};

export interface OptOutResult {
  readonly type: OptOutType;
  /** What Twilio itself answers; null when it has nothing to say. */
  readonly confirmation: string | null;
}

/** Changes the phone's standing with the sender. YES means START only to somebody who had said STOP. */
export const applyKeyword = (phones: Phones, text: { from: string; to: string; body: string }): OptOutResult | null => {
  const word = text.body.trim().toUpperCase();
  const wasOut = phones.isOptedOut(text.from, text.to);
  if (STOP.has(word)) {
    phones.optOut(phones.name(text.from), text.to);
    return { type: 'STOP', confirmation: wasOut ? null : CONFIRMATIONS.STOP };
  }
  if (START.has(word) && wasOut) {
    phones.optIn(phones.name(text.from), text.to);
    return { type: 'START', confirmation: CONFIRMATIONS.START };
  }
  if (HELP.has(word)) return { type: 'HELP', confirmation: wasOut ? null : CONFIRMATIONS.HELP };
  return null;
};
