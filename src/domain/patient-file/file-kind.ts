import { AppError } from '../errors';

const EXPORT_CSV =
  'In Excel choose File, Save As, “Excel Workbook (.xlsx)” or “CSV UTF-8 (Comma delimited)”, and drop that file.';

/** A kind of file that is no text, known by how it begins (in Latin-1), and what to say of it. */
const FOREIGN: readonly (readonly [beginning: RegExp, code: string, userMessage: string])[] = [
  [
    /^\xD0\xCF\x11\xE0/,
    'FILE_IS_XLS',
    `This is an old Excel or Word file (.xls, .doc), or one with a password. ${EXPORT_CSV}`,
  ],
  [
    /^%PDF/,
    'FILE_IS_PDF',
    'This is a PDF. Ask for the same list as CSV: where the PDF comes from there is mostly an export to CSV.',
  ],
  [
    /^\{\\rtf/,
    'FILE_IS_RTF',
    'This is a text document (.rtf). Copy its table to a spreadsheet and save that as CSV UTF-8.',
  ],
  [
    /^\s*(?:<!doctype html|<html|<table|<\?xml|<meta)/i,
    'FILE_IS_HTML',
    `This is a web page or XML that only bears a spreadsheet’s name, as some systems export it. Open it in Excel. ${EXPORT_CSV}`,
  ],
  [
    /^(?:\x89PNG|\xFF\xD8\xFF|GIF8|BM.{4}\0\0\0\0|II\*\0|MM\0\*|\x1F\x8B|Rar!|7z\xBC\xAF|SQLite format)/,
    'FILE_IS_NOT_TEXT',
    'This is a picture or an archive, not a list of patients. Export the list as CSV UTF-8 and drop that file.',
  ],
];

const refuse = (code: string, userMessage: string): never => {
  throw new AppError(code, { message: `a patient file was refused: ${code}`, userMessage });
};

/**
 * Refuses what is no text, by its first bytes, with what to export instead.
 *
 * @throws AppError `FILE_IS_XLS`, `FILE_IS_PDF`, … or `FILE_IS_EMPTY`.
 */
export const refuseForeignFile = (head: Buffer): void => {
  if (head.length === 0) refuse('FILE_IS_EMPTY', 'The file is empty.');
  const latin = head.toString('latin1');
  for (const [beginning, code, userMessage] of FOREIGN) if (beginning.test(latin)) refuse(code, userMessage);
};

/**
 * Refuses decoded text that no person wrote: a NUL, or more than one control character in a hundred.
 *
 * @throws AppError `FILE_IS_NOT_TEXT`.
 */
export const refuseRubbish = (text: string): void => {
  const controls = text.match(/[\0-\x08\x0E-\x19\x1B-\x1F]/g)?.length ?? 0;
  if (text.includes('\0') || controls * 100 > text.length)
    refuse('FILE_IS_NOT_TEXT', 'This file is not text. Export the list of patients as CSV UTF-8 and drop that file.');
};
