import { type ChosenColumns, type FileHead, headerKey } from '../../domain/patient-file/ask-columns';
import { notFound, requireRight } from '../permissions';
import type { Ports } from '../ports';
import { alreadyDecided } from './import-errors';
import { previewImport } from './read-import';
import { importKey } from './start-import';

/** What the form about columns shows. @throws AppError FORBIDDEN, NOT_FOUND, IMPORT_DECIDED */
export async function columnsToChoose(ports: Ports, importId: number, actor: string): Promise<FileHead> {
  await requireRight(ports, actor, 'patients.import');
  const record = await ports.store.imports.byId(importId);
  if (!record) throw notFound('import', importId);
  const isOpen = ['NEEDS_COLUMNS', 'READY'].includes(record.state);
  if (!isOpen || record.header === null) throw alreadyDecided(importId, record.state);
  return JSON.parse(record.header) as FileHead;
}

export interface ImportChoice {
  readonly importId: number;
  readonly actor: string;
  readonly chosen?: ChosenColumns;
  readonly people?: 'PATIENT' | 'STAFF';
  readonly replaceGroups?: boolean;
}

/**
 * Reads the file again with what somebody chose; columns are remembered for the next file with the same header.
 * @throws AppError FORBIDDEN, NOT_FOUND, IMPORT_DECIDED
 */
export async function chooseForImport(ports: Ports, choice: ImportChoice): Promise<void> {
  const { importId, actor, chosen, people, replaceGroups } = choice;
  await requireRight(ports, actor, 'patients.import');
  const at = ports.clock.now();
  await ports.store.transaction(async (tx) => {
    const record = await tx.imports.byId(importId);
    if (!record) throw notFound('import', importId);
    const mapping = chosen === undefined ? undefined : JSON.stringify(chosen);
    const isWaiting = await tx.imports.readAgain(importId, {
      ...(mapping !== undefined && { mapping }),
      ...(people !== undefined && { kind: people }),
      ...(replaceGroups !== undefined && { replaceGroups }),
    });
    if (!isWaiting) throw alreadyDecided(importId, record.state);
    // A file without a header has nothing by which the next one would be known.
    if (mapping !== undefined && chosen?.noHeader !== true && record.header !== null) {
      const { cells } = JSON.parse(record.header) as FileHead;
      await tx.imports.rememberColumns(headerKey(cells), { mapping, by: actor, at });
    }
    const detail = { columns: chosen?.columns ?? null, people: people ?? null, replaceGroups: replaceGroups ?? null };
    await tx.audit.append({ at, actor, action: 'import.choose', subject: importKey(importId), detail });
    await tx.posts.touch(importKey(importId));
  });
  ports.wake.posts();
  void previewImport(ports, importId);
}

/** There is no patient id in the file: each mobile number is one patient. @throws AppError as {@link chooseForImport} */
export async function phoneIsId(ports: Ports, importId: number, actor: string): Promise<void> {
  await columnsToChoose(ports, importId, actor);
  const record = await ports.store.imports.byId(importId);
  const { columns, ...rest } = JSON.parse(record?.mapping ?? '{"columns":{}}') as ChosenColumns;
  await chooseForImport(ports, { importId, actor, chosen: { ...rest, columns: { ...columns, externalId: null } } });
}
