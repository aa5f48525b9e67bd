import type { ImportCard, ImportQuestion, ImportSummary, UndoneCounts } from '../../domain/cards/import-card';
import type { ColumnQuestion, FileHead } from '../../domain/patient-file/ask-columns';
import type { StoredImport } from '../../store/imports';
import type { Clinic, Ports } from '../ports';
import { EMPTY_SUMMARY } from './import-tally';
import { isPatientsPlace } from './rejected-rows';

export async function importCard(
  { store, clinic }: Pick<Ports, 'store'> & { readonly clinic: Pick<Clinic, 'channels'> },
  importId: number,
): Promise<ImportCard | null> {
  const record = await store.imports.byId(importId);
  if (!record) return null;
  const head = record.header === null ? null : (JSON.parse(record.header) as FileHead);
  return {
    kind: 'import',
    importId,
    state: record.state,
    fileName: record.fileName,
    requestedBy: record.requestedBy,
    decidedBy: record.decidedBy,
    problem: record.problem,
    summary: { ...EMPTY_SUMMARY, ...(JSON.parse(record.summary) as Partial<ImportSummary>) },
    filePermalink: record.filePermalink,
    people: record.kind,
    replaceGroups: record.replaceGroups,
    undoUntil: record.state === 'APPLIED' ? record.undoUntil : null,
    undone: record.state === 'UNDONE' ? undoneOf(record.undone, record.requestedBy) : null,
    rejectedGo: isPatientsPlace(clinic, record) ? 'TO_THREAD' : 'TO_UPLOADER',
    questions: (head?.questions ?? []).map((question) => questionOf(question, head?.cells ?? [])),
    idFromPhone: head?.mapping !== null && head?.mapping !== undefined && head.mapping.externalId === undefined,
    progress: { rows: record.rowsRead, percent: record.percentRead },
    percentSaved: record.state === 'APPLYING' ? await percentSaved(store, record) : null,
  };
}

/** A file that is saved in one go has no steps to tell of. */
async function percentSaved({ imports }: Ports['store'], record: StoredImport): Promise<number | null> {
  if (record.appliedLine === 0) return null;
  const last = await imports.lastLine(record.id);
  return last === 0 ? null : Math.min(99, Math.floor((record.appliedLine / last) * 100));
}

const undoneOf = (undone: string | null, by: string): UndoneCounts => ({
  ...{ by, removed: 0, restored: 0, changedSince: 0, textedSince: 0 },
  ...(JSON.parse(undone ?? '{}') as Partial<UndoneCounts>),
});

const questionOf = (question: ColumnQuestion, cells: readonly string[]): ImportQuestion => {
  if (question.problem !== 'AMBIGUOUS') return { problem: question.problem, role: null, columns: [] };
  return {
    problem: 'AMBIGUOUS',
    role: question.role,
    columns: question.columns.map((index) => cells[index] ?? `Column ${index + 1}`),
  };
};
