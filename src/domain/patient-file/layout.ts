import Papa from 'papaparse';
import { countKnownColumns, looksLikeHeader } from './columns';

/** How a file's text is laid out. */
export interface Layout {
  readonly delimiter: string;
  /** `\n` stands for `\r\n` as well; `\r` alone is what old Macs wrote. */
  readonly newline: '\n' | '\r';
  /** How many records stand above the header: title lines, `sep=;`. Blank ones count. */
  readonly above: number;
}

const DELIMITERS = [',', ';', '\t', '|'];
/** The header is one of the first ten lines that are not blank. */
const HEADER_WITHIN = 10;

export const isBlank = (cells: readonly string[]): boolean => cells.every((cell) => cell.trim() === '');

interface Reading {
  readonly delimiter: string;
  readonly above: number;
  readonly known: number;
  /** Records that have as many cells as the one before, if more than one: what a table looks like. */
  readonly regular: number;
}

const readWith = (head: string, delimiter: string, newline: Layout['newline']): Reading => {
  const { data } = Papa.parse<string[]>(head, { delimiter, newline, preview: 60 });
  const written = data.flatMap((cells, index) => (isBlank(cells) ? [] : [{ cells, index }]));
  const header = written.slice(0, HEADER_WITHIN).find(({ cells }) => looksLikeHeader(cells));
  const widths = written.map(({ cells }) => cells.length);
  return {
    delimiter,
    above: (header ?? written[0])?.index ?? 0,
    known: header ? countKnownColumns(header.cells) : 0,
    regular: widths.filter((width, index) => width > 1 && width === widths[index - 1]).length,
  };
};

/**
 * Finds delimiter, line ends and header in a file's beginning. The right delimiter is the one in which a header shows the
 * most known columns; without any (a modal asks then), the one that makes the most regular table; else the comma.
 */
export const layoutOf = (head: string): Layout => {
  const outsideQuotes = head.replace(/"[^"]*"/g, '');
  const newline = !outsideQuotes.includes('\n') && outsideQuotes.includes('\r') ? '\r' : '\n';
  // Excel's own hint, which it writes and reads in the first line.
  const hint = /^sep=(.)\r?(?:\n|$)/i.exec(head)?.[1];
  const readings = (hint ? [hint] : DELIMITERS).map((delimiter) => readWith(head, delimiter, newline));
  const [best] = readings.sort((a, b) => b.known - a.known || b.regular - a.regular);
  const above = hint && best?.known === 0 ? 1 : (best?.above ?? 0);
  return { delimiter: best?.delimiter ?? ',', newline, above };
};
