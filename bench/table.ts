export interface Row {
  readonly what: string;
  readonly figure: string;
  readonly baseline: string;
  readonly ratio: string;
  readonly goal: string;
  readonly peakMb: number;
  /** What one row, recipient, text or webhook took, in µs: for bench/growth.ts. */
  readonly itemUs?: number;
}

const COLUMNS: readonly (readonly [keyof Row, string])[] = [
  ['what', 'bench'],
  ['figure', 'figure'],
  ['baseline', 'baseline in the same run'],
  ['ratio', 'ratio'],
  ['goal', 'goal'],
  ['peakMb', 'peak MB'],
];

/** As Markdown, so that the README can show it as it was printed. */
export function table(rows: readonly Row[]): string {
  const cells = rows.map((row) => COLUMNS.map(([key]) => String(row[key])));
  const lines = [COLUMNS.map(([, title]) => title), COLUMNS.map(() => '---'), ...cells];
  return lines.map((line) => `| ${line.join(' | ')} |`).join('\n');
}

export const perSecond = (count: number, ms: number): number => count / (ms / 1000);
export const inWords = (rate: number): string => `${Math.round(rate).toLocaleString('en-US')}/s`;
