import { randomUUID } from 'node:crypto';
import { hostname, userInfo } from 'node:os';
import type { ImportCard, ImportSummary } from '../../domain/cards/import-card';
import { AppError } from '../../domain/errors';
import type { PatientKind } from '../../domain/patient-file/row';
import type { DatabasePlace } from '../../store/connection';
import type { Store } from '../../store/store';
import type { Clock } from '../ports';
import { applyImport } from './engine/apply-import';
import type { PreviewJob, Progress } from './engine/engine';
import { previewFile } from './engine/preview-file';
import { dropRows } from '../../store/import-applying';
import { importCard } from './import-card';
import { recordApplied, rowsOf } from './import-patients';
import { EMPTY_SUMMARY } from './import-tally';
import { rejectedFile } from './rejected-rows';
import { importKey } from './start-import';

export interface CommandParts {
  readonly store: Store;
  readonly place: DatabasePlace;
  readonly clock: Clock;
  readonly clinic: PreviewJob['clinic'];
}

export interface CommandFile {
  readonly fileName: string;
  readonly groups: readonly string[];
  readonly kind: PatientKind;
  readonly replaceGroups: boolean;
}

export type CommandImport = Pick<ImportByCommand, 'card' | 'read' | 'rejected' | 'save' | 'forget'>;

/** An import without Slack: whoever may run commands on the server may do it, and is on the record by their name there. */
export class ImportByCommand {
  card!: ImportCard;
  private decided = false;

  private constructor(
    private readonly parts: CommandParts,
    private readonly file: CommandFile,
    private readonly importId: number,
  ) {}

  static async begin(parts: CommandParts, file: CommandFile): Promise<ImportByCommand> {
    await forgetAbandoned(parts);
    const id = await parts.store.imports.begin({
      key: `cli:${hostname()}:${process.pid}:${randomUUID()}`,
      fileName: file.fileName,
      fileId: null,
      channel: null,
      threadTs: null,
      requestedBy: commandActor(),
      createdAt: parts.clock.now(),
    });
    if (id === null) throw new Error('this import was begun before');
    return new ImportByCommand(parts, file, id);
  }

  /** @throws AppError as `readRecords` does */
  async read(source: AsyncIterable<Uint8Array>, progress: Progress): Promise<void> {
    const { store, place, clinic, clock } = this.parts;
    const { kind, replaceGroups, groups } = this.file;
    await store.imports.describe(this.importId, { readAt: clock.now() });
    const job = { importId: this.importId, kind, replaceGroups, groups, chosen: null, clinic };
    const result = await previewFile(place, job, { source, progress });
    await store.imports.describe(this.importId, { header: JSON.stringify(result.head) });
    const summary = result.state === 'READY' ? result.summary : EMPTY_SUMMARY;
    await this.noteRead({ state: result.state, summary });
    const card = await importCard({ store, clinic: NO_CHANNELS }, this.importId);
    if (!card) throw new Error('the import is gone');
    this.card = { ...card, people: kind, replaceGroups };
  }

  /** Whatever comes of it: the file held patients, and what it says of them was compared with what is known. */
  private async noteRead({
    state,
    summary,
  }: {
    state: 'READY' | 'NEEDS_COLUMNS';
    summary: ImportSummary;
  }): Promise<void> {
    const { store, clock } = this.parts;
    const { rows, new: added, changed, unchanged, rejected } = summary;
    await store.transaction(async (tx) => {
      await tx.imports.move(this.importId, ['READING'], { state, summary: JSON.stringify(summary) });
      await tx.audit.append({
        at: clock.now(),
        actor: commandActor(),
        action: 'import.read',
        subject: importKey(this.importId),
        detail: { rows, added, changed, unchanged, rejected },
      });
    });
  }

  /** The rows that cannot be used, as a file to mend; null when there are none. */
  async rejected(): Promise<Buffer | null> {
    const record = await this.parts.store.imports.byId(this.importId);
    return record === null ? null : ((await rejectedFile(this.parts.store, record))?.content ?? null);
  }

  /** @throws AppError IMPORT_STALE */
  async save(progress: Progress): Promise<void> {
    const { store, place, clock } = this.parts;
    const decided = { decidedBy: commandActor(), decidedAt: clock.now() };
    await store.imports.move(this.importId, ['READY'], { state: 'APPLYING', ...decided });
    const record = await store.imports.byId(this.importId);
    if (!record) throw new Error('the import is gone');
    const { readAt, createdAt } = record;
    const job = { importId: this.importId, at: decided.decidedAt, readAt: readAt ?? createdAt, rows: rowsOf(record) };
    if ((await applyImport(place, job, { progress, isAwaited: () => false })) === 'STALE') {
      await store.imports.move(this.importId, ['APPLYING'], { state: 'READY', decidedBy: null, decidedAt: null });
      throw staleImport(this.importId);
    }
    await recordApplied(this.parts, record);
    this.decided = true;
  }

  /** Unless it was saved: nothing of the file stays. */
  async forget(): Promise<void> {
    if (this.decided) return;
    await forgetImport(this.parts, this.importId);
  }
}

const commandActor = (): string => `cli:${userInfo().username}`;

const NO_CHANNELS = { channels: { replies: '', approvals: '', imports: undefined } };

/** What a command that was killed has left of a file. What it was saving, the app saves to its end. */
async function forgetAbandoned(parts: CommandParts): Promise<void> {
  for (const { id, key } of await parts.store.imports.undecidedByCommand()) {
    const [, host, pid] = key.split(':');
    if (host === hostname() && !isAlive(Number(pid))) await forgetImport(parts, id);
  }
}

async function forgetImport({ store, place }: CommandParts, importId: number): Promise<void> {
  const states = ['READING', 'NEEDS_COLUMNS', 'READY'] as const;
  if (await store.imports.move(importId, states, { state: 'CANCELED' })) await dropRows(place, importId);
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as { code?: unknown }).code === 'EPERM';
  }
}

const staleImport = (importId: number): AppError =>
  new AppError('IMPORT_STALE', {
    message: `patients of import ${importId} have changed since its preview`,
    userMessage: 'Some of these patients were changed while the file was read. Nothing was saved: run it again.',
  });
