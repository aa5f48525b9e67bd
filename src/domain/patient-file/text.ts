const PLAIN = /^[\x20-\x7e]*$/;
/** Characters that steer the direction of writing or show nothing; joiners stay, as names in some scripts need them. */
const UNSEEN =
  /[\p{Cs}\u00AD\u061C\u180E\u200B\u200E\u200F\u202A-\u202E\u2060-\u2064\u2066-\u206F\uFEFF\uFFF9-\uFFFB\uFFFE\uFFFF\u{E0000}-\u{E007F}]/gu;
/** Control characters except those that are white space. */
const CONTROL = /[\u0000-\u0008\u000E-\u001F\u007F-\u0084\u0086-\u009F]/g;

/**
 * A cell as staff meant it: trimmed, runs of white space (line ends and non-breaking spaces too) as one space, accents
 * composed (NFC), and nothing that a person cannot see: control characters, bidirectional overrides, broken surrogates.
 */
export const cleanText = (raw: string): string => {
  // Nearly all cells are plain: a test is ten times cheaper than the replacements.
  if (PLAIN.test(raw)) return raw.includes('  ') ? raw.trim().replace(/ +/g, ' ') : raw.trim();
  return raw
    .normalize('NFC')
    .replace(UNSEEN, '')
    .replace(CONTROL, '')
    .replace(/[\s\u0085]+/g, ' ')
    .trim();
};

/** What {@link writeCsv} puts before a cell that a spreadsheet would take for a formula is taken off again. */
const stripNeutraliser = (raw: string): string => (/^'(?:\s*[=+\-@＝＋－＠]|[\t\r\n])/.test(raw) ? raw.slice(1) : raw);

/** A cell's text, `undefined` when it is blank (leave as is), `null` when it is `--` (clear). */
export const cellText = (raw: string | undefined): string | null | undefined => {
  if (!raw) return undefined;
  const text = cleanText(stripNeutraliser(raw));
  if (text === '--') return null;
  return text === '' || text === '-' || text === '–' || text === '—' ? undefined : text;
};

/** `1.2E+10`: what Excel leaves of a long number. The digits are lost, so nothing can mend it but a new export. */
export const isScientific = (text: string): boolean => /^\d(?:[.,]\d+)?E\+\d{2}$/i.test(text);

/** Not for names: there are people called Null, and people called No. */
export const meansNothing = (text: string): boolean =>
  /^(?:n\/?a|none|null|nil|unknown|unk|not (?:known|given|provided|on file)|declined|refused|\?+)$/i.test(text);
