import type { Upkeep } from '../usecases/upkeep/upkeep';
import type { Worker } from '../usecases/worker';

/** A job is a name, a cron line (with seconds) and one thing to do. */
export interface Job {
  readonly name: string;
  readonly cron: string;
  readonly run: (worker: Worker) => void | Promise<void>;
}

export const JOBS: readonly Job[] = [
  { name: 'lease', cron: '*/4 * * * * *', run: (worker) => worker.keepLease() },
  { name: 'dispatch', cron: '*/3 * * * * *', run: (worker) => worker.wake.dispatch() },
  { name: 'inbound', cron: '*/3 * * * * *', run: (worker) => worker.wake.inbound() },
  { name: 'posts', cron: '*/2 * * * * *', run: (worker) => worker.wake.posts() },
  { name: 'freeze', cron: '*/2 * * * * *', run: (worker) => worker.wake.freeze() },
  { name: 'tend', cron: '* * * * * *', run: (worker) => worker.tend() },
  { name: 'mind-threads', cron: '*/5 * * * * *', run: (worker) => worker.mindThreads() },
  { name: 'settle', cron: '*/5 * * * * *', run: (worker) => worker.settle() },
  { name: 'hide', cron: '*/5 * * * * *', run: (worker) => worker.hide() },
  { name: 'missed-events', cron: '30 */5 * * * *', run: (worker) => worker.listenForMissed() },
  { name: 'audit-head', cron: '0 0 * * * *', run: (worker) => worker.logAuditHead() },
  { name: 'sweep', cron: '*/10 * * * * *', run: (worker) => worker.sweep() },
];

/** With webhooks this only catches what they missed; with polling it is how replies come. */
export const fetchInboundJob = (inbound: 'webhook' | 'poll'): Job => ({
  name: 'fetch-inbound',
  cron: inbound === 'poll' ? '*/4 * * * * *' : '*/2 * * * *',
  run: (worker) => worker.fetchInbound(),
});

/** What keeps the installation well. Whether it is time for it, the use case reads from the clinic's clock. */
export const upkeepJobs = (upkeep: Upkeep): readonly Job[] => [
  { name: 'backup', cron: '20 */10 * * * *', run: () => upkeep.backUp() },
  { name: 'redact', cron: '*/10 * * * * *', run: () => upkeep.redactErased() },
  { name: 'notice', cron: '*/5 * * * * *', run: () => upkeep.giveNotice() },
  { name: 'alerts', cron: '*/5 * * * * *', run: () => upkeep.tellAlerts() },
  { name: 'retention', cron: '40 5,35 2-5 * * *', run: () => upkeep.emptyOldTexts() },
];
