import { collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import type { Ports } from './usecases/ports';

/** For Prometheus, at `GET /metrics`: numbers only, read from the database when they are asked for. */
export function createMetrics({ store, clock }: Pick<Ports, 'store' | 'clock'>, isWorker: () => boolean): Registry {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const gauge = (name: string, help: string, read: () => number | Promise<number>): Gauge =>
    new Gauge({
      name: `carethread_${name}`,
      help,
      registers: [registry],
      async collect() {
        this.set(await read());
      },
    });
  gauge('messages_queued', 'Texts that wait to be sent', () => store.queue.count('QUEUED'));
  gauge('messages_sending', 'Texts that are being handed to Twilio', () => store.queue.count('SENDING'));
  gauge('messages_uncertain', 'Texts of which nobody knows yet whether Twilio has them', () =>
    store.queue.count('UNCERTAIN'),
  );
  gauge('posts_waiting', 'Posts and updates that Slack has not taken yet', () => store.posts.waiting());
  gauge('inbound_oldest_seconds', 'Age of the oldest reply that is not worked on yet', async () => {
    const since = await store.housekeeping.oldestUnread();
    return since === null ? 0 : Math.max(0, (clock.now().getTime() - since.getTime()) / 1_000);
  });
  gauge('worker', '1 in the process that does the work', () => (isWorker() ? 1 : 0));
  return registry;
}
