import { basename, join } from 'node:path';
import { MessageChannel, type MessagePort, Worker } from 'node:worker_threads';
import { AppError } from '../../../domain/errors';
import { TOO_LARGE } from '../../../domain/patient-file/workbook';
import type { DatabasePlace } from '../../../store/connection';
import { projectRoot } from '../../../store/database';
import type { Undone } from '../../../store/import-undoing';
import { waitingWriters } from '../../../store/waiting-writers';
import { type ApplyJob, type ApplyResult, ENGINE_STOPPED, type ImportEngine, type PreviewJob } from './engine';
import type { PreviewResult, Progress, UndoJob } from './engine';
import { type FromThread, type Job, type ToThread, unwired } from './wire';

/** Files that are read at once; the next waits. Two: a clinic's small file need not wait for its large one. */
const MOST_READING = 2;
/** A thread that nobody needs is kept this long, in ms: starting one takes half a second. */
const KEEP_MS = 30_000;
const HEAP_MB = 192;
/** What is new in the heap: rows live as long as a batch, and more room for them only means that garbage lies longer. */
const YOUNG_HEAP_MB = 16;

/** Compiled, the thread lies beside this file. Tests run the sources, and a thread what was built from them. */
const PROGRAM = __filename.endsWith('.ts')
  ? join(projectRoot, 'dist/app/usecases/patients', basename(__dirname), 'thread.js')
  : join(__dirname, 'thread.js');

interface Feed {
  readonly source?: AsyncIterable<Uint8Array>;
  readonly progress: Progress;
}

/** Runs each job in a thread beside the event loop, on a database connection of its own. */
export class ImportThreads implements ImportEngine {
  private readonly idle: Worker[] = [];
  private readonly all = new Set<Worker>();
  private readonly reading = new Places(MOST_READING);
  /** One import is written after the other. */
  private readonly writing = new Places(1);
  private stopped = false;
  private jobs = 0;

  /** @param onWork told when the first job begins, and when the last one has ended */
  constructor(
    private readonly place: DatabasePlace,
    private readonly onWork: (isAtWork: boolean) => void = () => undefined,
  ) {}

  warm(): void {
    if (!this.stopped && this.idle.length === 0) this.keep(this.start());
  }

  preview(job: PreviewJob, source: AsyncIterable<Uint8Array>, progress: Progress): Promise<PreviewResult> {
    return this.reading.take(() => this.run<PreviewResult>({ do: 'preview', job }, { source, progress }));
  }

  apply(job: ApplyJob, progress: Progress): Promise<ApplyResult> {
    return this.writing.take(() => this.run<ApplyResult>({ do: 'apply', job }, { progress }));
  }

  undo(job: UndoJob, progress: Progress): Promise<Undone> {
    return this.writing.take(() => this.run<Undone>({ do: 'undo', job }, { progress }));
  }

  dropRows(importId: number): Promise<void> {
    return this.writing.take(() => this.run<undefined>({ do: 'drop', importId }, { progress: () => undefined }));
  }

  async stop(): Promise<void> {
    this.stopped = true;
    await Promise.all([...this.all].map((thread) => thread.terminate()));
  }

  private async run<T>(order: Job, feed: Feed): Promise<T> {
    if (this.stopped) throw stoppedError();
    if ((this.jobs += 1) === 1) this.onWork(true);
    try {
      return await this.runInThread<T>(order, feed);
    } finally {
      this.jobs -= 1;
      this.rest();
    }
  }

  private rest(): void {
    if (this.jobs === 0 && !this.stopped) this.onWork(false);
  }

  private runInThread<T>(order: Job, feed: Feed): Promise<T> {
    const thread = this.idle.pop() ?? this.start();
    const { port1, port2 } = new MessageChannel();
    return new Promise<T>((resolve, reject) => {
      const died = (why: Error): void => reject(this.stopped ? stoppedError() : causeOf(why, order));
      const exited = (): void => died(new Error('an import’s thread ended'));
      thread.once('error', died);
      thread.once('exit', exited);
      const end = (settle: () => void): void => {
        thread.off('error', died);
        thread.off('exit', exited);
        this.keep(thread);
        settle();
      };
      const job = new Conversation(port1, feed);
      port1.on('message', (message: FromThread) => {
        if (message.say === 'done') return end(() => resolve(message.result as T));
        if (message.say === 'failed') return end(() => reject(job.reason ?? unwired(message.error)));
        job.hear(message);
      });
      thread.postMessage({ order, port: port2 }, [port2]);
    });
  }

  private start(): Worker {
    const thread = new Worker(PROGRAM, {
      workerData: { place: this.place, memory: waitingWriters.memory },
      resourceLimits: { maxOldGenerationSizeMb: HEAP_MB, maxYoungGenerationSizeMb: YOUNG_HEAP_MB },
    });
    thread.unref();
    // While it has no job nobody else listens, and an error that nobody hears ends the app; a job hears of it by itself.
    thread.on('error', () => undefined);
    this.all.add(thread);
    thread.once('exit', () => {
      this.all.delete(thread);
      const at = this.idle.indexOf(thread);
      if (at >= 0) this.idle.splice(at, 1);
    });
    return thread;
  }

  private keep(thread: Worker): void {
    this.idle.push(thread);
    setTimeout(() => {
      if (this.idle[0] === thread) void this.idle.shift()?.terminate();
    }, KEEP_MS).unref();
  }
}

/** The app's end of a job's line. */
class Conversation {
  /** Why the app ended the job. */
  reason: Error | undefined;
  private readonly pieces: AsyncIterator<Uint8Array> | undefined;

  constructor(
    private readonly port: MessagePort,
    private readonly feed: Feed,
  ) {
    this.pieces = feed.source?.[Symbol.asyncIterator]();
  }

  hear(message: FromThread): void {
    const answer = message.say === 'bytes' ? this.nextPiece() : this.tell(message);
    answer.catch((error: unknown) => {
      this.reason ??= error instanceof Error ? error : new Error(String(error));
      this.answer({ stop: true });
    });
  }

  private async nextPiece(): Promise<void> {
    if (this.reason) throw this.reason;
    const next = await this.pieces?.next();
    this.answer({ bytes: next === undefined || next.done === true ? null : next.value });
  }

  private async tell(message: FromThread): Promise<void> {
    if (message.say !== 'progress') return;
    try {
      await this.feed.progress(message.rows);
    } catch (error) {
      // The next piece that is asked for is refused with it.
      this.reason ??= error instanceof Error ? error : new Error(String(error));
    }
  }

  private answer(message: ToThread): void {
    this.port.postMessage(message);
  }
}

/** So many at once, the others in order. */
class Places {
  private readonly waiting: (() => void)[] = [];

  constructor(private free: number) {}

  async take<T>(work: () => Promise<T>): Promise<T> {
    if (this.free > 0) this.free -= 1;
    else await new Promise<void>((resolve) => this.waiting.push(resolve));
    try {
      return await work();
    } finally {
      const next = this.waiting.shift();
      if (next) next();
      else this.free += 1;
    }
  }
}

/** Of files only a workbook is held in memory whole; its size says little of how much it takes there. */
const causeOf = (why: Error, order: Job): Error =>
  order.do === 'preview' && (why as { code?: unknown }).code === 'ERR_WORKER_OUT_OF_MEMORY' ? TOO_LARGE : why;

const stoppedError = (): AppError =>
  new AppError(ENGINE_STOPPED, {
    message: 'the app is being stopped',
    userMessage: 'CareThread is being stopped. This goes on by itself when it is started again.',
  });
