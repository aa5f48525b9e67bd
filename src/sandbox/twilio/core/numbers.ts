/** Telephone numbers as far as the local Twilio looks at them, and the magic ones of Twilio's test credentials. */
const E164 = /^\+[1-9]\d{6,14}$/;
/** North America: neither area code nor exchange begins with 0 or 1. */
const NANP = /^\+1[2-9]\d{2}[2-9]\d{6}$/;
const DIGITS = /^\d+$/;

/** Punctuation is dropped and a bare American number gets its country, as Twilio does; undefined when it is no number. */
export const readNumber = (text: string): string | undefined => {
  if (NANP.test(text)) return text;
  const bare = text.replace(/[\s().-]/g, '');
  const full = DIGITS.test(bare) ? (bare.length === 10 ? `+1${bare}` : `+${bare}`) : bare;
  if (!E164.test(full)) return undefined;
  return full.startsWith('+1') && !NANP.test(full) ? undefined : full;
};

export const MAGIC_TO: Readonly<Record<string, number>> = {
  '+15005550001': 21211,
  '+15005550002': 21612,
  '+15005550003': 21408,
  '+15005550004': 21610,
  '+15005550009': 21614,
};

export const MAGIC_FROM: Readonly<Record<string, number>> = {
  '+15005550001': 21212,
  '+15005550007': 21606,
  '+15005550008': 21611,
};
