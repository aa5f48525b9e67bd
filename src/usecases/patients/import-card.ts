import type { ImportCard, ImportSummary } from '../../domain/cards/card';
import type { Ports } from '../ports';
import { EMPTY_SUMMARY } from './import-tally';

export async function importCard({ store }: Pick<Ports, 'store'>, importId: number): Promise<ImportCard | null> {
  const record = await store.imports.byId(importId);
  if (!record) return null;
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
  };
}
