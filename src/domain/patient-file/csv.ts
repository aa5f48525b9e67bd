import Papa from 'papaparse';

/** What Excel, LibreOffice and Google Sheets take for a formula; the full-width signs too, which Excel in Japanese folds. */
const FORMULA = /^\s*[=+\-@＝＋－＠]|^[\t\r\n]/;
/** A whole number of North America with its plus: without it, it is text to nobody and reads the same to us. */
const NANP = /^\+1[\d\s().-]{9,}\d$/;

/**
 * A cell that no spreadsheet runs: an apostrophe before it makes it text. A North American number loses its plus instead,
 * so that it stays readable, and `--`, which clears a value, is no formula. Importing takes the apostrophe off again.
 */
const neutralise = (cell: string): string => {
  if (!FORMULA.test(cell) || cell === '--' || cell === '-') return cell;
  return NANP.test(cell) ? cell.slice(1) : `'${cell}`;
};

/**
 * Rows as a CSV file that is safe to open: RFC 4180, every cell in quotation marks, as otherwise a spreadsheet that divides
 * at semicolons would find new cells, and formulas, inside ours.
 *
 * @param bom whether to begin with a byte order mark, without which Excel does not know UTF-8. Default true.
 */
export const writeCsv = (rows: Iterable<readonly string[]>, { bom = true }: { bom?: boolean } = {}): string => {
  const lines = Array.from(rows, (row) => row.map(neutralise));
  return `${bom ? '\uFEFF' : ''}${Papa.unparse(lines, { quotes: true, newline: '\r\n' })}${lines.length > 0 ? '\r\n' : ''}`;
};
