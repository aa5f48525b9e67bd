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

async function goOn(ports: Ports, importId: number): Promise<void> {
  try {
    await finishImport(ports, importId);
    await finishUndo(ports, importId);
  } catch (err) {
    if (!(err instanceof AppError)) ports.log.error({ err, importId }, 'an import could not be written to its end');
  }
}
