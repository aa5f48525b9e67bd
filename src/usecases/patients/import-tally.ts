import type { ImportReason, ImportSummary } from '../../domain/cards/import-card';
import { maskedName } from '../../domain/masking';
import { maskPhone } from '../../domain/phone-number';
import type { PatientRow } from '../../domain/patient-file/row';
import type { PatientToWrite } from './import-records';

/** Samples on the card. */
const MOST_LINES = 5;
const MOST_CHANGES = 5;
const MOST_SHARED = 5;

/** Sentences, how often each was said, and of which lines. */
class Sentences {
  private readonly found = new Map<string, { count: number; lines: number[] }>();

  add(sentence: string, line: number): void {
    const entry = this.found.get(sentence) ?? { count: 0, lines: [] };
    entry.count += 1;
    if (entry.lines.length < MOST_LINES) entry.lines.push(line);
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
  private readonly changes: string[] = [];
  private readonly groups = new Set<string>();
  /** By number, the line that it stands on first; of shared ones all lines, up to a few. */
  private readonly phones = new Map<string, number>();
  private readonly shared = new Map<string, number[]>();

  rejected(line: number, reasons: readonly string[]): void {
    this.counts.rows += 1;
    this.counts.rejected += 1;
    for (const reason of reasons) this.reasons.add(reason, line);
  }

  duplicate(line: number, idIsPhone: boolean): void {
    const what = idIsPhone ? 'The same mobile number, which is the id here,' : 'The same patient id';
    this.rejected(line, [`${what} is in the file more than once; the first row counts.`]);
    this.counts.rejected -= 1;
    this.counts.duplicate += 1;
  }

  seen(line: number, row: PatientRow, warnings: readonly string[]): void {
    this.counts.rows += 1;
    for (const warning of warnings) this.warnings.add(warning, line);
    const first = this.phones.get(row.phone);
    if (first === undefined) this.phones.set(row.phone, line);
    else this.share(row.phone, [first, line]);
    for (const group of row.groups) this.groups.add(group);
    if (row.optedOut === true) this.counts.optedOut += 1;
  }

  count(
    outcome: 'NEW' | 'CHANGED' | 'UNCHANGED',
    { after, changes }: { after: PatientToWrite; changes: readonly string[] },
  ): void {
    this.counts[outcome === 'NEW' ? 'new' : outcome === 'CHANGED' ? 'changed' : 'unchanged'] += 1;
    if (after.leaves.length > 0) this.counts.leaving += 1;
    if (outcome === 'CHANGED' && this.changes.length < MOST_CHANGES) {
      this.changes.push(`${maskedName(after.firstName, after.lastName)}: ${changes.join(', ')}`);
    }
  }

  private share(phone: string, [first, line]: readonly [number, number]): void {
    const lines = this.shared.get(phone) ?? [first];
    if (lines.length < MOST_LINES) lines.push(line);
    this.shared.set(phone, lines);
  }

  get groupNames(): readonly string[] {
    return [...this.groups];
  }

  summary(): ImportSummary {
    return {
      ...this.counts,
      sharedNumbers: this.shared.size,
      shared: [...this.shared].slice(0, MOST_SHARED).map(([phone, lines]) => ({ phone: maskPhone(phone), lines })),
      groups: [...this.groups].sort(),
      reasons: this.reasons.list(),
      warnings: this.warnings.list().slice(0, 20),
      changes: this.changes,
    };
  }
}

export const EMPTY_SUMMARY: ImportSummary = new ImportTally().summary();
