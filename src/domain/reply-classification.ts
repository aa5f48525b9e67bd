import { findEmergencyWord } from './emergency-words';
import { phrasesOf, type ExpectedReply } from './expected-replies';
import { isCarrierYes, readOptOut } from './opt-out';
import { plainWords, quoteBriefly } from './plain-words';

export type ReplyClass = 'opt_out' | 'opt_in' | 'help' | 'urgent' | 'expected' | 'unexpected';

export interface ReplyToClassify {
  /** As the patient typed it; empty for a picture without words. */
  readonly text: string;
  /** Of the campaign that the patient answers; undefined or empty when no answer is expected. */
  readonly expected?: readonly ExpectedReply[] | undefined;
  readonly optedOut: boolean;
  /** What Twilio took it for, by keywords that a clinic may have set there: STOP, START or HELP. */
  readonly carrierSays?: string | null;
  /** See emergency-words.ts. */
  readonly emergencyWords: readonly string[];
}

export interface ClassifiedReply {
  readonly class: ReplyClass;
  /** The label of the expected reply, when it is one. */
  readonly answer?: string;
  /** The emergency word that the text holds, whatever its class: who opts out with "chest pain" needs a call, too. */
  readonly emergencyWord?: string;
  /** For the card: a short phrase that goes after "because it". */
  readonly why: string;
}

/**
 * What a patient's reply is. The first that applies:
 *
 * 1. `opt_out`: the patient's will goes before all else (opt-out.ts), and Twilio's word that it is one.
 * 2. `urgent`: it holds an emergency word, even beside an expected answer: "yes but chest pain".
 * 3. `opt_in`: START or UNSTOP, and YES from somebody who has opted out. For everybody else YES is an answer.
 * 4. `help`: HELP, INFO or AYUDA as the whole message.
 * 5. `expected`: the whole text is made of words of one and the same expected answer and of courtesy ("Yes, thank you!").
 * 6. `unexpected`: the rest, which a person reads: more words ("yes but I have a fever"), two answers ("no problem, yes"),
 *    questions ("yes?"), pictures, nothing.
 */
export const classifyReply = (reply: ReplyToClassify): ClassifiedReply => {
  const emergencyWord = findEmergencyWord(reply.text, reply.emergencyWords);
  const classified = withoutEmergency(reply, emergencyWord);
  return emergencyWord === undefined ? classified : { ...classified, emergencyWord };
};

const withoutEmergency = (reply: ReplyToClassify, emergencyWord: string | undefined): ClassifiedReply => {
  const { text, optedOut } = reply;
  const will = readOptOut(text);
  if (will === 'stop') return { class: 'opt_out', why: `asks for no more texts: ${quoteBriefly(text)}` };
  if (reply.carrierSays === 'STOP')
    return { class: 'opt_out', why: `is a word for STOP at Twilio: ${quoteBriefly(text)}` };
  if (emergencyWord !== undefined) return { class: 'urgent', why: `holds the emergency word “${emergencyWord}”` };
  if (will === 'start') return { class: 'opt_in', why: `asks for texts again: ${quoteBriefly(text)}` };
  if (optedOut && isCarrierYes(text)) return { class: 'opt_in', why: 'is YES from a patient who had opted out' };
  if (will === null && reply.carrierSays === 'START' && optedOut)
    return { class: 'opt_in', why: `is a word for START at Twilio: ${quoteBriefly(text)}` };
  if (will === 'help' || reply.carrierSays === 'HELP')
    return { class: 'help', why: `asks who we are: ${quoteBriefly(text)}` };
  return matchExpected(text, reply.expected ?? []);
};

const matchExpected = (text: string, expected: readonly ExpectedReply[]): ClassifiedReply => {
  const unexpected = (why: string): ClassifiedReply => ({ class: 'unexpected', why });
  const words = plainWords(text);
  if (text.trim() === '') return unexpected('has no words');
  if (expected.length === 0) return unexpected('answers nothing that we asked');
  if (/[?¿؟]/.test(text.normalize('NFKC'))) return unexpected(`asks something: ${quoteBriefly(text)}`);
  const phrases = phrasesOf(expected);
  const matched = expected.filter((_, index) => covers(words, [phrases[index] ?? NONE]));
  const [answer, ...others] = matched;
  if (answer && others.length === 0) {
    return { class: 'expected', answer: answer.label, why: `matched ${quoteBriefly(text)} as ${answer.label}` };
  }
  if (answer || covers(words, phrases)) return unexpected(`could be more than one answer: ${quoteBriefly(text)}`);
  if (covers(words, [COURTESY])) return unexpected('holds courtesy but no answer');
  return unexpected(`matches none of ${expected.map(({ label }) => label).join(', ')}`);
};

const NONE: ReadonlySet<string> = new Set();

/** Courtesy around an answer. Nothing here may change what an answer means: no "but", no "maybe", no "not". */
const COURTESY: ReadonlySet<string> = new Set([
  ...[
    'please',
    'pls',
    'plz',
    'thanks',
    'thank you',
    'thank u',
    'thank you so much',
    'thank you very much',
    'thx',
    'ty',
  ],
  ...['many thanks', 'thanks so much', 'ok', 'okay', 'hi', 'hello', 'hey', 'good morning', 'good afternoon'],
  ...['good evening', 'maam', 'sir', 'doctor', 'dr', 'doc', 'nurse', 'god bless', 'have a good day', 'have a nice day'],
  ...['por favor', 'porfavor', 'porfa', 'gracias', 'muchas gracias', 'mil gracias', 'hola', 'buenos dias'],
  ...['buenas tardes', 'buenas noches', 'buenas', 'buen dia', 'senor', 'senora', 'senorita', 'doctora'],
  ...'🙏😊🙂😀😃😄😁☺❤💕👋🌞🎉🤗😇🥰',
]);

/**
 * Whether the words can be cut into phrases of the sets and courtesy, with at least one phrase of the sets. `reach[n]`: how
 * the first n words can be cut, with such a phrase or with courtesy only.
 */
const covers = (words: readonly string[], sets: readonly ReadonlySet<string>[]): boolean => {
  const reach = words.map(() => ({ any: false, answered: false }));
  reach.unshift({ any: true, answered: false });
  for (let end = 1; end <= words.length; end += 1) {
    for (let start = Math.max(0, end - LONGEST_PHRASE); start < end; start += 1) {
      const [from, to] = [reach[start], reach[end]];
      if (!from?.any || !to) continue;
      const phrase = words.slice(start, end).join(' ');
      const answers = sets.some((set) => set.has(phrase));
      if (!answers && !COURTESY.has(phrase)) continue;
      to.any = true;
      to.answered ||= answers || from.answered;
    }
  }
  return reach.at(-1)?.answered ?? false;
};

/** In words; expected replies are at most 40 characters long. */
const LONGEST_PHRASE = 20;
