import cron, { type ScheduledTask, setLogger } from 'node-cron';
import type { Log } from '../log';
import type { Worker } from '../usecases/worker';
import type { Job } from './jobs';

/** Starts node-cron. A job that is still at it when its next tick comes is left alone; one that fails is logged. */
export function startJobs(jobs: readonly Job[], worker: Worker, log: Log): { stop(): Promise<void> } {
  setLogger(cronLogger(log));
  let stopping = false;
  const tasks: ScheduledTask[] = jobs.map(({ name, cron: line, run }) =>
    cron.schedule(
      line,
      async () => {
        try {
          await run(worker);
        } catch (err) {
          if (stopping) log.info({ job: name }, 'a job was cut short: the next start goes on with it');
          else log.error({ err, job: name }, 'a job failed; its next tick tries again');
        }
      },
      { name, noOverlap: true },
    ),
  );
  return {
    stop: async () => {
      stopping = true;
      for (const task of tasks) await task.stop();
    },
  };
}

/** node-cron would write to the console in words of its own, of each tick that was late or fell into the one before: the next one does its work. */
const cronLogger = (log: Log): Parameters<typeof setLogger>[0] => ({
  info: () => undefined,
  debug: () => undefined,
  warn: () => undefined,
  error: (_, err) => log.error({ err }, 'a job could not be started'),
});
