import type { ImportSummary } from '../../domain/cards/card';
import { maskedName } from '../../domain/masking';
import type { PatientRow } from '../../domain/patient-file/row';
import type { PatientToWrite } from './import-records';

/** Samples on the card. */
const MOST_LINES = 5;
const MOST_CHANGES = 5;

/** Counts for the import's card, kept while the file is read. */
export class ImportTally {
  private readonly counts = { rows: 0, new: 0, changed: 0, unchanged: 0, rejected: 0, duplicate: 0, optedOut: 0 };
  private readonly reasons = new Map<string, { count: number; lines: number[] }>();
  private readonly changes: string[] = [];
  private readonly groups = new Set<string>();
  private readonly phones = new Map<string, number>();

  rejected(line: number, reasons: readonly string[]): void {
    this.counts.rows += 1;
    this.counts.rejected += 1;
    for (const reason of reasons) {
      const entry = this.reasons.get(reason) ?? { count: 0, lines: [] };
      entry.count += 1;
      if (entry.lines.length < MOST_LINES) entry.lines.push(line);
      this.reasons.set(reason, entry);
    }
  }

  duplicate(line: number): void {
    this.rejected(line, ['The same patient id is in the file more than once; the first row counts.']);
    this.counts.rejected -= 1;
    this.counts.duplicate += 1;
  }

  seen(row: PatientRow): void {
    this.counts.rows += 1;
    this.phones.set(row.phone, (this.phones.get(row.phone) ?? 0) + 1);
    for (const group of row.groups) this.groups.add(group);
    if (row.optedOut === true) this.counts.optedOut += 1;
  }

  count(
    outcome: 'NEW' | 'CHANGED' | 'UNCHANGED',
    { after, changes }: { after: PatientToWrite; changes: readonly string[] },
  ): void {
    this.counts[outcome === 'NEW' ? 'new' : outcome === 'CHANGED' ? 'changed' : 'unchanged'] += 1;
    if (outcome === 'CHANGED' && this.changes.length < MOST_CHANGES) {
      this.changes.push(`${maskedName(after.firstName, after.lastName)}: ${changes.join(', ')}`);
    }
  }

  get groupNames(): readonly string[] {
    return [...this.groups];
  }

  summary(): ImportSummary {
    return {
      ...this.counts,
      sharedNumbers: [...this.phones.values()].filter((owners) => owners > 1).length,
      groups: [...this.groups].sort(),
      reasons: [...this.reasons]
        .map(([reason, { count, lines }]) => ({ reason, count, lines }))
        .sort((a, b) => b.count - a.count),
      changes: this.changes,
    };
  }
}

export const EMPTY_SUMMARY: ImportSummary = new ImportTally().summary();
