import { languageOf } from './patient-file/language';
import { readOptOut } from './opt-out';
import { plainText } from './plain-words';
import { checkTemplateText } from './template';

/** One answer that a template expects. */
export interface ExpectedReply {
  /** How it is called in reports and on cards, as staff wrote it. */
  readonly label: string;
  /** More words that mean it; its label and the usual words of YES and NO mean it by themselves. */
  readonly words: readonly string[];
  /** Texted to who answers so. */
  readonly autoAnswer?: string;
  /** The same for patients of other languages, by ISO 639-1 code. */
  readonly autoAnswers?: Readonly<Record<string, string>>;
}

/** The automatic answer for a patient of this language; null when there is none. */
export const autoAnswerFor = (
  reply: Pick<ExpectedReply, 'autoAnswer' | 'autoAnswers'>,
  language: string | null,
): string | null => {
  const own =
    language !== null && Object.hasOwn(reply.autoAnswers ?? {}, language) ? reply.autoAnswers?.[language] : undefined;
  return own ?? reply.autoAnswer ?? null;
};

/** The one placeholder of automatic answers: nothing is missing then, whoever answers. */
export const ANSWER_PLACEHOLDERS = ['clinic_name'] as const;

export type ParsedExpectedReplies =
  | { readonly ok: true; readonly replies: readonly ExpectedReply[] }
  /** What to mend, a sentence each. */
  | { readonly ok: false; readonly problems: readonly string[] };

const MAX_REPLIES = 10;
const MAX_LABEL = 30;
const MAX_WORD = 40;
const MAX_WORDS = 30;
const MAX_AUTO_ANSWER = 480;

/**
 * Reads what staff type into the form:
 *
 * ```
 * YES, NO                                    answers, by commas or one a line
 * YES: yes, sí, count me in                  with words that mean it (`=` does as well as `:`)
 * NO: no | Thank you, we will not call.      with an automatic answer, up to the end of the line
 * NO: no | Thank you. | es: Gracias.         and the same in another language, by its two-letter code
 * ```
 *
 * `;` may stand for a new line before a `|`. Blank lines and stray commas do not matter. Empty text means that no answer is
 * expected.
 */
export const parseExpectedReplies = (text: string): ParsedExpectedReplies => {
  const replies = text.split(/\r\n?|\n/).flatMap(readLine);
  const problems = [...replies.flatMap(problemsOf), ...problemsBetween(replies)];
  return problems.length > 0 ? { ok: false, problems: [...new Set(problems)] } : { ok: true, replies };
};

/** The other way round, for editing: one answer a line. */
export const formatExpectedReplies = (replies: readonly ExpectedReply[]): string =>
  replies
    .map(({ label, words, autoAnswer, autoAnswers }) => {
      const meaning = words.length > 0 ? `: ${words.join(', ')}` : '';
      const others = Object.entries(autoAnswers ?? {}).map(([language, answer]) => ` | ${language}: ${answer}`);
      return `${label}${meaning}${autoAnswer === undefined ? '' : ` | ${autoAnswer}`}${others.join('')}`;
    })
    .join('\n');

const readLine = (line: string): readonly ExpectedReply[] => {
  const bar = line.indexOf('|');
  const answers = (bar < 0 ? line : line.slice(0, bar)).split(';').filter((part) => part.trim() !== '');
  const answer = bar < 0 ? {} : readAutoAnswers(line.slice(bar + 1));
  const hasNone = Object.keys(answer).length === 0;
  if (answers.length === 0) return hasNone ? [] : [{ label: '', words: [], ...answer }];
  return answers.flatMap((written, index) => {
    const replies = readAnswers(written);
    // On "YES; NO | See you" and on "YES, NO | See you" it is the last one's.
    if (hasNone || index < answers.length - 1) return replies;
    return replies.map((reply, place) => (place === replies.length - 1 ? { ...reply, ...answer } : reply));
  });
};

/** `See you! | es: ¡Nos vemos!`. A bar that no language follows is a sign of the text. */
const readAutoAnswers = (written: string): Pick<ExpectedReply, 'autoAnswer' | 'autoAnswers'> => {
  const [first = '', ...rest] = ` |${written}`.split(/\|(?=\s*[a-z]{2,3}\s*:)/);
  const others = rest.flatMap((part): [string, string][] => {
    const [, language = '', answer = ''] = /^\s*([a-z]{2,3})\s*:\s*([^]*?)\s*$/.exec(part) ?? [];
    return answer === '' ? [] : [[language, answer]];
  });
  const autoAnswer = first.replace(/^\s*\|?/, '').trim();
  return {
    ...(autoAnswer !== '' && { autoAnswer }),
    ...(others.length > 0 && { autoAnswers: Object.fromEntries(others) }),
  };
};

const readAnswers = (answer: string): readonly ExpectedReply[] => {
  const [, label, words] = /^([^:=]*)[:=](.*)$/.exec(answer) ?? [];
  if (label === undefined || words === undefined) return list(answer).map((one) => ({ label: one, words: [] }));
  return [{ label: oneLine(label), words: list(words).filter((word) => plainText(word) !== plainText(label)) }];
};

const list = (text: string): readonly string[] =>
  [...new Set(text.split(/[,،、]/).map(oneLine))].filter((one) => one !== '');

const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim();

const problemsOf = ({ label, words, autoAnswer, autoAnswers = {} }: ExpectedReply): readonly string[] => {
  if (label === '') return ['An answer has no name. Write for example YES: yes, sí'];
  return [
    ...(label.length > MAX_LABEL ? [`“${label}” is too long for a name: ${MAX_LABEL} characters at most.`] : []),
    ...(words.length > MAX_WORDS ? [`“${label}” has ${words.length} words: ${MAX_WORDS} at most.`] : []),
    ...[label, ...words].flatMap((word) => problemsOfWord(word)),
    ...Object.keys(autoAnswers).flatMap((language) =>
      languageOf(language) === language
        ? []
        : [`“${language}” before an automatic answer is no language. Write for example es:`],
    ),
    ...[autoAnswer ?? '', ...Object.values(autoAnswers)].flatMap((answer) => problemsOfAutoAnswer(label, answer)),
  ];
};

const problemsOfAutoAnswer = (label: string, answer: string): readonly string[] => {
  const known = answer === '' ? [] : checkTemplateText(answer, ANSWER_PLACEHOLDERS);
  return [
    ...(answer.length > MAX_AUTO_ANSWER
      ? [`The automatic answer to “${label}” has ${answer.length} characters: ${MAX_AUTO_ANSWER} at most.`]
      : []),
    ...known.map(({ sentence }) => `In the automatic answer to “${label}”: ${sentence}`),
  ];
};

const problemsOfWord = (word: string): readonly string[] => {
  if (/[:=]/.test(word)) return [`“${word}” holds a second answer. Put each answer on a line of its own.`];
  if (word.length > MAX_WORD) return [`“${word}” is too long: ${MAX_WORD} characters at most.`];
  if (plainText(word) === '') return [`“${word}” has no letters, numbers or emoji to compare with.`];
  if (/[?¿]/.test(word)) return [`“${word}” asks something. A reply that asks always goes to staff; take it out.`];
  const meaning = readOptOut(word);
  if (meaning === 'stop') return [`“${word}” always means “no more texts”. Choose another word, such as RESCHEDULE.`];
  if (meaning === 'help')
    return [`“${word}” is always answered with the clinic's name and phone. Choose another word.`];
  if (meaning === 'start') return [`“${word}” always means “texts again”. Choose another word.`];
  return [];
};

/** The same words for two answers would make every such reply ambiguous. */
const problemsBetween = (replies: readonly ExpectedReply[]): readonly string[] => {
  const owner = new Map<string, ExpectedReply>();
  const clashes: string[] = [];
  for (const reply of replies) {
    for (const word of [reply.label, ...reply.words].filter((one) => plainText(one) !== '')) {
      const other = owner.get(plainText(word));
      if (other === undefined) owner.set(plainText(word), reply);
      else if (other !== reply)
        clashes.push(`“${word}” stands for both ${other.label} and ${reply.label}. Leave it in one.`);
    }
  }
  for (const [usual, meaning] of USUAL) {
    const [first, second] = replies.filter((reply) => means(reply, usual));
    if (first && second) {
      clashes.push(
        `${first.label} and ${second.label} both mean ${meaning}. Make them one: ${first.label}: ${second.label}`,
      );
    }
  }
  if (replies.length > MAX_REPLIES) clashes.push(`There are ${replies.length} answers: ${MAX_REPLIES} at most.`);
  return clashes;
};

interface UsualWords {
  /** An answer with one of these as its label or among its words gets all the others. */
  readonly signs: readonly string[];
  readonly words: readonly string[];
}

/**
 * Tight on purpose: "ok", "fine" and "I will" may mean "I have read it", and a wrong YES can harm. Who wants them adds them.
 * "Negative" is a test's result, not a NO.
 */
const YES: UsualWords = {
  signs: ['yes', 'si', 'y'],
  words: [
    ...['yes', 'y', 'yess', 'yep', 'yup', 'yeah', 'yea', 'yah', 'yes i do', 'yes i am', 'yes i can', 'yes i will'],
    ...['yes i would', 'sure', 'of course', 'absolutely', 'definitely', 'yes of course', 'yes sure'],
    ...['si', 'sip', 'claro', 'claro que si', 'si claro', 'por supuesto', '👍', '👌', '✅', '✔'],
  ],
};

const NO: UsualWords = {
  signs: ['no', 'n'],
  words: [
    ...['no', 'n', 'nope', 'nop', 'nah', 'no i dont', 'no i do not', 'no im not', 'no i am not', 'no i cant'],
    ...['no i cannot', 'no i wont', 'no i will not', 'no puedo', 'no quiero', 'claro que no', '👎', '❌'],
  ],
};

const USUAL: readonly (readonly [UsualWords, string])[] = [
  [YES, 'yes'],
  [NO, 'no'],
];

const means = ({ label, words }: ExpectedReply, { signs }: UsualWords): boolean =>
  [label, ...words].some((word) => signs.includes(plainText(word)));

/**
 * Every phrase that means each answer, in plain words: what staff wrote, the usual words of YES and NO unless another answer
 * has them, and the answer's number ("1") unless staff use numbers of their own.
 */
export const phrasesOf = (replies: readonly ExpectedReply[]): readonly ReadonlySet<string>[] => {
  const written = replies.map(({ label, words }) => new Set([label, ...words].map(plainText)));
  const taken = new Set(written.flatMap((phrases) => [...phrases]));
  const numbered = [...taken].some((phrase) => /^\d+$/.test(phrase));
  return replies.map((reply, index) => {
    const usual = USUAL.filter(([usualWords]) => means(reply, usualWords)).flatMap(([{ words }]) => words);
    const number = numbered ? [] : [String(index + 1)];
    return new Set([...(written[index] ?? []), ...[...usual, ...number].filter((phrase) => !taken.has(phrase))]);
  });
};
