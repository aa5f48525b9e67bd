import type { ImportReason, ImportSummary } from '../../domain/cards/import-card';
import { maskedName } from '../../domain/masking';
import { maskPhone } from '../../domain/phone-number';
import type { PatientRow } from '../../domain/patient-file/row';
import { groupKey } from '../../store/groups';
import type { PatientToWrite, SharedNumbers, Twice } from '../../store/import-staging';

/** Samples on the card. */
const MOST_LINES = 5;
const MOST_CHANGES = 5;

/** Sentences, how often each was said, and of which lines. */
class Sentences {
  private readonly found = new Map<string, { count: number; lines: number[] }>();

  add(sentence: string, line: number): void {
    this.addAll(sentence, 1, [line]);
  }

  /** @param lines the first of them */
  addAll(sentence: string, count: number, lines: readonly number[]): void {
    const entry = this.found.get(sentence) ?? { count: 0, lines: [] };
    entry.count += count;
    entry.lines.push(...lines.slice(0, MOST_LINES - entry.lines.length));
    this.found.set(sentence, entry);
  }

  /** The most frequent first. */
  list(): ImportReason[] {
    return [...this.found]
      .map(([reason, { count, lines }]) => ({ reason, count, lines }))
      .sort((a, b) => b.count - a.count);
  }
}

/** Counts for the import's card, kept while the file is read. */
export class ImportTally {
  private readonly counts = {
    rows: 0,
    new: 0,
    changed: 0,
    unchanged: 0,
    rejected: 0,
    duplicate: 0,
    optedOut: 0,
    leaving: 0,
  };
  private readonly reasons = new Sentences();
  private readonly warnings = new Sentences();
  private changes: { readonly line: number; readonly text: string }[] = [];
  /** By key, as the file writes them first. */
  private readonly groups = new Map<string, string>();
  private readonly spellings = new Set<string>();

  rejected(line: number, reasons: readonly string[]): void {
    this.counts.rows += 1;
    this.counts.rejected += 1;
    for (const reason of reasons) this.reasons.add(reason, line);
  }

  /** Rows that were counted for what they seemed to be, and whose id turned out to be further up in the file. */
  takeBack({ rows, among }: Twice): void {
    for (const { was, idIsPhone, count, optedOut, leaving, lines } of rows) {
      this.counts[NAMES[was]] -= count;
      this.counts.duplicate += count;
      this.counts.optedOut -= optedOut;
      this.counts.leaving -= leaving;
      const what = idIsPhone ? 'The same mobile number, which is the id here,' : 'The same patient id';
      this.reasons.addAll(`${what} is in the file more than once; the first row counts.`, count, lines);
    }
    const gone = among(this.changes.map(({ line }) => line));
    this.changes = this.changes.filter(({ line }) => !gone.has(line));
  }

  seen(line: number, row: PatientRow, warnings: readonly string[]): void {
    this.counts.rows += 1;
    for (const warning of warnings) this.warnings.add(warning, line);
    for (const group of row.groups) this.noteGroup(group);
    if (row.optedOut === true) this.counts.optedOut += 1;
  }

  /** Files have few groups, and each in a few spellings. */
  private noteGroup(name: string): void {
    if (this.spellings.has(name)) return;
    this.spellings.add(name);
    const key = groupKey(name);
    if (!this.groups.has(key)) this.groups.set(key, name);
  }

  count(outcome: keyof typeof NAMES, { line, patient, changes }: Counted): void {
    this.counts[NAMES[outcome]] += 1;
    if (patient.leaves.length > 0) this.counts.leaving += 1;
    if (outcome === 'CHANGED' && this.changes.length < MOST_CHANGES) {
      const { firstName, lastName } = patient;
      this.changes.push({ line, text: `${maskedName(firstName, lastName)}: ${changes.join(', ')}` });
    }
  }

  summary({ count, samples }: SharedNumbers = NO_SHARED): ImportSummary {
    return {
      ...this.counts,
      sharedNumbers: count,
      shared: samples.map(({ phone, lines }) => ({ phone: maskPhone(phone), lines: lines.slice(0, MOST_LINES) })),
      groups: [...this.groups.values()].sort(),
      reasons: this.reasons.list(),
      warnings: this.warnings.list().slice(0, 20),
      changes: this.changes.map(({ text }) => text),
    };
  }
}

interface Counted {
  readonly line: number;
  readonly patient: PatientToWrite;
  readonly changes: readonly string[];
}

const NAMES = { NEW: 'new', CHANGED: 'changed', UNCHANGED: 'unchanged' } as const;
const NO_SHARED: SharedNumbers = { count: 0, samples: [] };

export const EMPTY_SUMMARY: ImportSummary = new ImportTally().summary();
