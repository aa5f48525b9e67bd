import { collectDefaultMetrics, Counter, Gauge, Registry } from 'prom-client';
import type { Ports } from './usecases/ports';
import type { Pulse } from './usecases/upkeep/pulse';

/** For Prometheus, at `GET /metrics`: numbers only, read from the database when they are asked for. */
export function createMetrics(
  { store, clock }: Pick<Ports, 'store' | 'clock'>,
  { isWorker, pulse }: { isWorker: () => boolean; pulse: Pulse },
): Registry {
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
  gauge('alerts_standing', 'Troubles that admins were told of and that are not over', async () => {
    return (await store.alerts.all()).filter(({ endedAt }) => endedAt === null).length;
  });
  gauge('webhooks_refused_in_row', 'Webhooks in a row whose signature did not fit', () => pulse.webhooks.refusedInRow);
  countSends(registry, pulse);
  return registry;
}

/** By what became of the call; `rate(carethread_sends_total[1m])` is the rate. Of this process, since it started. */
function countSends(registry: Registry, pulse: Pulse): void {
  new Counter({
    name: 'carethread_sends_total',
    help: 'Texts handed to Twilio, by outcome: accepted, refused, not_sent (tried again), unknown (settled later)',
    labelNames: ['outcome'],
    registers: [registry],
    collect() {
      this.reset();
      for (const [outcome, count] of Object.entries(pulse.outcomes)) this.inc({ outcome }, count);
    },
  });
}
