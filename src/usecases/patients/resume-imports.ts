import { AppError } from '../../domain/errors';
import type { Ports } from '../ports';
import { finishImport } from './import-patients';
import { previewImport } from './read-import';
import { finishUndo } from './undo-import';

/** What a process that died has left: previews are made again, and what was confirmed is written to its end. */
export async function resumeImports(ports: Ports): Promise<void> {
  for (const { id, state, fileId } of await ports.store.imports.unfinished()) {
    if (state === 'APPLYING') void goOn(ports, id);
    else if (state === 'UNDOING') void goOn(ports, id);
    // A file that came by the command line is not ours to read.
    else if (fileId !== null) void previewImport(ports, id);
  }
}

/** An import that has stood still for so long has lost the process that wrote it, in ms. */
const STILL_MS = 30_000;

/**
 * Finishes what another process has left in the middle while this one went on: the command line, or a second app. Should the
 * other be alive after all, no line is written twice.
 */
export class ImportTender {
  private readonly seen = new Map<number, { readonly line: number; readonly since: number }>();

  constructor(private readonly ports: Ports) {}

  async tend(): Promise<void> {
    const { store, clock } = this.ports;
    const underWay = await store.imports.underWay();
    const now = clock.now().getTime();
    for (const id of this.seen.keys()) if (underWay.every((one) => one.id !== id)) this.seen.delete(id);
    for (const { id, appliedLine: line } of underWay) {
      const last = this.seen.get(id);
      if (last?.line === line && now - last.since < STILL_MS) continue;
      this.seen.set(id, { line, since: now });
      if (last?.line === line) void goOn(this.ports, id);
    }
  }
}

async function goOn(ports: Ports, importId: number): Promise<void> {
  try {
    await finishImport(ports, importId);
    await finishUndo(ports, importId);
  } catch (err) {
    if (!(err instanceof AppError)) ports.log.error({ err, importId }, 'an import could not be written to its end');
  }
}
