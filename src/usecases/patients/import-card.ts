import type {
  ColumnsRead,
  ImportCard,
  ImportQuestion,
  ImportSummary,
  UndoneCounts,
} from '../../domain/cards/import-card';
import type { ChosenColumns, ColumnQuestion, FileHead } from '../../domain/patient-file/ask-columns';
import { rejectedColumnsOf } from '../../domain/patient-file/columns';
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
    columns: columnsOf(head, record.mapping),
    idFromPhone: head?.mapping !== null && head?.mapping !== undefined && head.mapping.externalId === undefined,
    progress: { rows: record.rowsRead, percent: record.percentRead },
    percentSaved: await percentSaved(store, record),
  };
}

/** A file that is saved, or taken back, in one go has no steps to tell of. Undo goes from the last line to the first. */
async function percentSaved({ imports }: Ports['store'], record: StoredImport): Promise<number | null> {
  const { id, state, appliedLine } = record;
  if (state !== 'APPLYING' && state !== 'UNDOING') return null;
  const last = await imports.lastLine(id);
  const done = state === 'APPLYING' ? appliedLine : last - appliedLine;
  return last === 0 || done <= 0 ? null : Math.min(99, Math.floor((done / last) * 100));
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
    columns: question.columns.map((index) => nameOf(cells, index)),
  };
};

/** Two columns of one name are told apart by their places. */
const nameOf = (cells: readonly string[], index: number): string => {
  const name = cells[index]?.trim() ?? '';
  if (name === '') return `column ${index + 1}`;
  return cells.filter((cell) => cell.trim() === name).length > 1 ? `${name} (column ${index + 1})` : name;
};

/** What somebody who knows the file can check at a glance. The first row of a file without a header is a patient's. */
function columnsOf(head: FileHead | null, chosen: string | null): ColumnsRead | null {
  const isWithoutHeader = chosen !== null && (JSON.parse(chosen) as ChosenColumns).noHeader === true;
  if (!head?.mapping || isWithoutHeader) return null;
  const { cells, mapping } = head;
  const { width: _width, groups, fields, used, ...single } = mapping;
  const known = [
    ...Object.entries(single).map(([role, index]) => ({ role, index })),
    ...groups.map((index) => ({ role: 'groups', index })),
  ].sort((one, other) => one.index - other.index);
  const ours = rejectedColumnsOf(cells);
  const isLeftOut = (index: number): boolean =>
    !used.includes(index) && !ours.has(index) && cells[index]?.trim() !== '';
  return {
    known: known.map(({ role, index }) => ({ role, name: nameOf(cells, index) })),
    fields: fields.map(({ key }) => key),
    notRead: cells.flatMap((_, index) => (isLeftOut(index) ? [nameOf(cells, index)] : [])),
  };
}
