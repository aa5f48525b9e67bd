import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import type { DatabasePlace } from '../../../store/connection';
import { dropRows } from '../../../store/import-applying';
import { WaitingWriters } from '../../../store/waiting-writers';
import { applyImport } from './apply-import';
import type { Progress } from './engine';
import { previewFile } from './preview-file';
import { undoImport } from './undo-import';
import { type FromThread, type Job, type ToThread, wired } from './wire';

/** Progress is told no more often than this, in ms. */
const TELL_EVERY_MS = 250;

class Stopped extends Error {}

/** One job's line to the app: what is said is answered before the work goes on. */
class Line {
  constructor(private readonly port: MessagePort) {}

  say(message: FromThread): void {
    this.port.postMessage(message);
  }

  private async ask(message: FromThread): Promise<ToThread> {
    const answer = new Promise<ToThread>((resolve) => this.port.once('message', resolve));
    this.say(message);
    const heard = await answer;
    if ('stop' in heard) throw new Stopped();
    return heard;
  }

  /** The file's bytes; the next piece is on its way while one is worked on. */
  async *bytes(): AsyncGenerator<Uint8Array> {
    let next = this.ask({ say: 'bytes' });
    for (;;) {
      const answer = await next;
      if (!('bytes' in answer) || answer.bytes === null) return;
      next = this.ask({ say: 'bytes' });
      next.catch(() => undefined);
      yield answer.bytes;
    }
  }

  progress(): Progress {
    let told = performance.now();
    return (rows) => {
      if (performance.now() - told < TELL_EVERY_MS) return;
      told = performance.now();
      this.say({ say: 'progress', rows });
    };
  }
}

const { place, memory } = workerData as { readonly place: DatabasePlace; readonly memory: SharedArrayBuffer };
const waiting = new WaitingWriters(memory);

function work(order: Job, line: Line): Promise<unknown> {
  switch (order.do) {
    case 'preview':
      return previewFile(place, order.job, { source: line.bytes(), progress: line.progress() });
    case 'apply':
      return applyImport(place, order.job, { progress: line.progress(), isAwaited: () => waiting.isSomebody });
    case 'undo':
      return undoImport(place, order.job, line.progress());
    case 'drop':
      return dropRows(place, order.importId);
  }
}

parentPort?.on('message', ({ order, port }: { order: Job; port: MessagePort }) => {
  const line = new Line(port);
  work(order, line)
    .then(
      (result) => line.say({ say: 'done', result }),
      (error: unknown) => line.say({ say: 'failed', error: wired(error) }),
    )
    .finally(() => port.close());
});
