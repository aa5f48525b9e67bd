import { plainWords } from './plain-words';

/**
 * Words that make a reply urgent (🔴), whatever else it says: "yes but chest pain" is urgent, and so is "no chest pain",
 * since a false alarm costs a minute. A clinic edits the list in its settings; this is where it starts. A `*` at the end
 * stands for any ending.
 */
export const DEFAULT_EMERGENCY_WORDS: readonly string[] = [
  // English
  ...['chest pain', 'chest pains', 'chest hurts', 'chest pressure', 'chest tightness', 'tight chest', 'heart attack'],
  ...["can't breathe", "can't breath", 'cannot breathe', 'can not breathe', "couldn't breathe", 'not breathing'],
  ...['trouble breathing', 'difficulty breathing', 'hard to breathe', 'hard time breathing', 'short of breath'],
  ...['shortness of breath', 'struggling to breathe', 'choking', 'turning blue', 'blue lips', 'throat closing'],
  ...['suicid*', 'kill myself', 'killing myself', 'want to die', 'wanna die', 'end my life', 'end it all'],
  ...['hurt myself', 'harm myself', 'self harm', "don't want to live", 'overdos*', 'poison*'],
  ...['bleeding', 'hemorrhag*', 'unconscious', 'unresponsive', 'passed out', 'passing out', 'fainted', 'collapsed'],
  ...['stroke', 'face drooping', 'slurred speech', 'seizure', 'seizures', 'convulsion*', 'anaphyla*'],
  ...['severe pain', 'emergency', 'ambulance', '911'],
  // español
  ...['dolor de pecho', 'dolor en el pecho', 'dolor del pecho', 'duele el pecho', 'presión en el pecho'],
  ...['no puedo respirar', 'no puede respirar', 'no respira', 'falta de aire', 'falta el aire', 'me ahogo'],
  ...['dificultad para respirar', 'cuesta respirar', 'ahogando', 'ataque al corazón', 'ataque cardíaco', 'infarto'],
  ...['suicid*', 'matarme', 'quitarme la vida', 'quiero morir', 'quiero morirme', 'me quiero morir', 'hacerme daño'],
  ...['sobredosis', 'envenen*', 'sangrado', 'sangrando', 'hemorragia', 'inconsciente', 'desmay*', 'derrame'],
  ...['convulsion*', 'dolor muy fuerte', 'emergencia', 'ambulancia'],
];

/**
 * The first emergency word in a text, as the patient wrote it but for case, accents and punctuation. Whole words:
 * "cant breath!" holds "can't breath", and "keystroke" does not hold "stroke".
 */
export const findEmergencyWord = (text: string, list: readonly string[]): string | undefined => {
  const words = plainWords(text);
  for (const pattern of patternsOf(list)) {
    const start = words.findIndex((_, index) => matchesAt(words, index, pattern));
    if (start >= 0) return words.slice(start, start + pattern.length).join(' ');
  }
  return undefined;
};

/** The words of one entry of the list, the last of which may have any ending. */
type Pattern = readonly { readonly word: string; readonly anyEnding: boolean }[];

/** One list serves thousands of replies. */
const patternsByList = new WeakMap<readonly string[], readonly Pattern[]>();

const patternsOf = (list: readonly string[]): readonly Pattern[] => {
  const known = patternsByList.get(list);
  if (known) return known;
  const patterns = list.map(patternOf).filter((pattern) => pattern.length > 0);
  patternsByList.set(list, patterns);
  return patterns;
};

const patternOf = (entry: string): Pattern => {
  const anyEnding = entry.trimEnd().endsWith('*');
  const words = plainWords(entry);
  return words.map((word, index) => ({ word, anyEnding: anyEnding && index === words.length - 1 }));
};

const matchesAt = (words: readonly string[], start: number, pattern: Pattern): boolean =>
  pattern.every(({ word, anyEnding }, offset) => {
    const here = words[start + offset];
    return here !== undefined && (anyEnding ? here.startsWith(word) : here === word);
  });
