import { type CountryCode, isSupportedCountry, parsePhoneNumberWithError, ParseError } from 'libphonenumber-js/max';
import metadata from 'libphonenumber-js/max/metadata';

/** Why a number cannot be texted. Each has one sentence: {@link phoneProblemText}. */
export type PhoneProblem =
  | 'EMPTY'
  | 'SCIENTIFIC_NOTATION'
  | 'SEVERAL_NUMBERS'
  | 'NOT_A_NUMBER'
  | 'SHORT_CODE'
  | 'TOO_SHORT'
  | 'TOO_LONG'
  | 'EXTENSION'
  | 'ALL_SAME_DIGITS'
  | 'FICTITIOUS'
  | 'INVALID'
  | 'TOLL_FREE'
  | 'PREMIUM'
  | 'LANDLINE'
  | 'NOT_A_PHONE';

export type PhoneResult =
  { readonly ok: true; readonly e164: string } | { readonly ok: false; readonly reason: PhoneProblem };

const TEXTS: Readonly<Record<PhoneProblem, string>> = {
  EMPTY: 'There is no mobile number.',
  SCIENTIFIC_NOTATION:
    'Excel has rounded the number to scientific notation (such as 1.2E+10). Format the column as Text in the original, then export again.',
  SEVERAL_NUMBERS: 'There is more than one number in the cell. Keep the mobile number only.',
  NOT_A_NUMBER: 'This is not a phone number.',
  SHORT_CODE: 'This is a short code, not a patient’s number.',
  TOO_SHORT: 'The number has too few digits. A US number has ten, area code included.',
  TOO_LONG: 'The number has too many digits.',
  EXTENSION: 'The number has an extension. Texts cannot reach an extension; give the mobile number.',
  ALL_SAME_DIGITS: 'All digits are the same: this is a placeholder, not a number.',
  FICTITIOUS: 'Numbers from 555-0100 to 555-0199 are reserved for fiction; nobody has them.',
  INVALID: 'No such number exists: check the area code and the three digits after it.',
  TOLL_FREE: 'This is a toll-free number, not a mobile.',
  PREMIUM: 'This is a premium-rate number; texting it costs money and reaches no patient.',
  LANDLINE: 'This is a landline, which cannot get texts.',
  NOT_A_PHONE: 'This is a pager, voicemail or personal-number service, not a mobile.',
};

/** One plain sentence for staff and for the rejected rows' file. */
export const phoneProblemText = (problem: PhoneProblem): string => TEXTS[problem];

const refuse = (reason: PhoneProblem): PhoneResult => ({ ok: false, reason });

const at = (value: unknown, index: number): unknown => (Array.isArray(value) ? value[index] : undefined);

/**
 * The pattern that the library itself tests ordinary US numbers against: the 12th entry of a country holds its types, the
 * first of these is fixed lines, and that one's first entry is the pattern (libphonenumber-js, METADATA.md).
 * Should the layout ever change, the pattern matches nothing and the library does all the work.
 */
const usOrdinaryPattern = (): RegExp => {
  const pattern = at(at(at(metadata.countries.US, 11), 0), 0);
  return new RegExp(typeof pattern === 'string' ? `^(?:${pattern})$` : '(?!)');
};

/** In the US, landlines and mobiles share one pattern (FIXED_LINE_OR_MOBILE): nobody can tell them apart by number. */
const US_ORDINARY = usOrdinaryPattern();
const US_WRITTEN = /^(?:\+?1[ .-]?)?\(?(\d{3})\)?[ .-]?[ .-]?(\d{3})[ .-]?(\d{4})$/;
/** NANPA sets 555-0100 to 555-0199 aside for fiction in each area code; libphonenumber calls them valid. */
const NANP_FICTITIOUS = /^\d{3}55501\d\d$/;
const ALL_SAME = /^1?(\d)\1{6,}$/;
const SCIENTIFIC = /^\d+(?:[.,]\d*)?e\+?\d{1,2}$/i;
const NO_NUMBER = /^(?:|-+|n\/?a|none|null|no|unknown|no phone|refused|declined)$/i;

/**
 * Eight times faster than the library for the way US numbers are mostly written, and no other answer: it accepts only
 * what matches the library's own pattern, and leaves all else, every refusal too, to the library.
 */
const fastUsNumber = (raw: string): string | undefined => {
  const parts = US_WRITTEN.exec(raw);
  if (!parts) return undefined;
  const national = `${parts[1]}${parts[2]}${parts[3]}`;
  return US_ORDINARY.test(national) && !NANP_FICTITIOUS.test(national) ? `+1${national}` : undefined;
};

/** More than one run of seven digits or more, as in `206-555-2311 / 206-555-3312` or `… or …`. */
const holdsSeveralNumbers = (text: string): boolean =>
  text.split(/[/;,|&\n]|\b(?:or|and|o|y)\b/i).filter((part) => part.replace(/\D/g, '').length >= 7).length > 1;

const problemBeforeParsing = (text: string): PhoneProblem | undefined => {
  if (NO_NUMBER.test(text)) return 'EMPTY';
  if (SCIENTIFIC.test(text)) return 'SCIENTIFIC_NOTATION';
  if (holdsSeveralNumbers(text)) return 'SEVERAL_NUMBERS';
  if (ALL_SAME.test(text.replace(/\D/g, ''))) return 'ALL_SAME_DIGITS';
  if (/^(?:[2-9]11|\d{5,6})$/.test(text)) return 'SHORT_CODE';
  return undefined;
};

const problemOfType = (type: string | undefined): PhoneProblem | undefined => {
  switch (type) {
    case 'MOBILE':
    case 'FIXED_LINE_OR_MOBILE':
    case 'VOIP':
      return undefined;
    case 'FIXED_LINE':
      return 'LANDLINE';
    case 'TOLL_FREE':
      return 'TOLL_FREE';
    case 'PREMIUM_RATE':
    case 'SHARED_COST':
      return 'PREMIUM';
    default:
      return 'NOT_A_PHONE';
  }
};

const problemOfParseError = (error: ParseError): PhoneProblem => {
  if (error.message === 'TOO_SHORT' || error.message === 'TOO_LONG') return error.message;
  return error.message === 'INVALID_COUNTRY' ? 'INVALID' : 'NOT_A_NUMBER';
};

const askLibrary = (text: string, country: CountryCode): PhoneResult => {
  try {
    const phone = parsePhoneNumberWithError(text, country);
    if (phone.ext) return refuse('EXTENSION');
    const national = phone.nationalNumber;
    if (phone.countryCallingCode === '1' && NANP_FICTITIOUS.test(national)) return refuse('FICTITIOUS');
    if (!phone.isPossible()) return refuse(lengthProblem(national, phone.countryCallingCode));
    if (!phone.isValid()) return refuse('INVALID');
    const problem = problemOfType(phone.getType());
    return problem ? refuse(problem) : { ok: true, e164: phone.number };
  } catch (error) {
    if (error instanceof ParseError) return refuse(problemOfParseError(error));
    throw error;
  }
};

/** Ten digits is the only length in North America; elsewhere a possible number has at least seven or so. */
const lengthProblem = (national: string, callingCode: string): PhoneProblem => {
  const expected = callingCode === '1' ? 10 : 8;
  return national.length < expected ? 'TOO_SHORT' : 'TOO_LONG';
};

/**
 * Reads a number as people and exports write it, and says whether a text can reach it.
 *
 * @param country ISO code of the clinic's country, in which numbers without a `+` are read.
 * @throws RangeError when `country` is none (a setting, never data).
 */
export const parsePhoneNumber = (raw: string, country = 'US'): PhoneResult => {
  if (country === 'US') {
    const fast = fastUsNumber(raw);
    if (fast) return { ok: true, e164: fast };
  }
  if (!isSupportedCountry(country)) throw new RangeError(`no such country: ${country}`);
  // Spreadsheet tools that take the column for numbers leave `2065552311.0` behind.
  const text = raw.trim().replace(/^(\d{10,15})\.0+$/, '$1');
  const problem = problemBeforeParsing(text);
  return problem ? refuse(problem) : askLibrary(text, country);
};

/** Stands for the number of a patient who was erased. */
export const erasedNumber = (patientId: number): string => `erased:${patientId}`;

/** What Slack shows of a number until somebody presses Reveal: `•••• 1234`. */
export const maskPhone = (e164: string): string => (e164.startsWith('erased:') ? '(erased)' : `•••• ${e164.slice(-4)}`);
