import type { ColumnMapping } from '../../domain/patient-file/columns';
import type { PatientRow } from '../../domain/patient-file/row';
import { zonesOf } from '../../domain/patient-time-zones';
import { groupKey } from '../../store/groups';
import type { Known, PatientToWrite } from '../../store/import-staging';
import type { PreviewJob } from './engine/engine';

export interface MergeContext extends Pick<PreviewJob, 'clinic' | 'replaceGroups'> {
  /** Its fields in the order of their keys. */
  readonly mapping: ColumnMapping;
}

const NONE: readonly string[] = [];

/** A patient as the file leaves him: a blank cell leaves a value as it is; `--` clears it. */
export function mergedPatient(row: PatientRow, known: Known | undefined, context: MergeContext): PatientToWrite {
  const before = known?.patient;
  const text = (name: 'language' | 'zip' | 'state' | 'timeZone'): string | null =>
    row.cleared.includes(name) ? null : (row[name] ?? before?.[name] ?? null);
  const name = (part: 'firstName' | 'lastName'): string =>
    row.cleared.includes(part) ? '' : (row[part] ?? before?.[part] ?? '');
  const zip = text('zip');
  const timeZone = text('timeZone');
  const clinicZone = context.clinic.timeZone;
  const where = zonesOf({ phone: row.phone, clinicZone, zip: zip ?? undefined, timeZone: timeZone ?? undefined });
  return {
    kind: context.mapping.kind === undefined && before ? before.kind : row.kind,
    firstName: name('firstName'),
    lastName: name('lastName'),
    phone: row.phone,
    language: text('language'),
    zip,
    state: text('state'),
    timeZone,
    zones: where.zones.join(','),
    zonesFrom: where.source,
    fields: mergedFields(row, before?.fields),
    groups: row.groups,
    leaves: leftGroups(row, known, context.replaceGroups),
    optedOut: row.optedOut === true,
  };
}

/** `--` takes a patient out of all groups that the row does not name; so does a row with groups when they are replaced. */
function leftGroups(row: PatientRow, known: Known | undefined, replaces: boolean): readonly string[] {
  if (!known || known.groups.size === 0) return NONE;
  if (!row.cleared.includes('groups') && !(replaces && row.groups.length > 0)) return NONE;
  const named = row.groups.map(groupKey);
  return [...known.groups.keys()].filter((key) => !named.includes(key));
}

/** JSON, its keys in order, so that what is the same reads the same. */
function mergedFields(row: PatientRow, before = '{}'): string {
  // They were read in that order, and what is cleared is not among them.
  if (before === '{}') return JSON.stringify(row.fields);
  const fields = { ...(JSON.parse(before) as Record<string, string>), ...row.fields };
  return JSON.stringify(
    Object.fromEntries(
      Object.entries(fields)
        .filter(([key]) => !row.cleared.includes(`fields.${key}`))
        .sort(([a], [b]) => (a < b ? -1 : 1)),
    ),
  );
}
