import { setTimeout as sleep } from 'node:timers/promises';
import type { Ports } from './usecases/ports';

export interface Health {
  readonly ok: boolean;
  readonly database: 'ok' | 'failing';
  readonly slack: string;
  readonly twilio: string;
  /** Whether this process is the one that sends. */
  readonly worker: boolean;
  readonly queue: { readonly queued: number; readonly uncertain: number; readonly postsWaiting: number } | null;
}

/** Asks the services how they are at most this often, in ms. */
const ASK_EVERY_MS = 30_000;
const FIRST_WAIT_MS = 1_000;

/** 200 rests on the app and its database alone: Slack's and Twilio's troubles are told, and weathered. */
export class HealthCheck {
  private readonly states = { slack: 'not asked yet', twilio: 'not asked yet' };
  private askedAt = 0;

  constructor(
    private readonly ports: Ports,
    private readonly isWorker: () => boolean,
  ) {}

  async read(): Promise<Health> {
    if (Date.now() - this.askedAt > ASK_EVERY_MS) {
      const isFirst = this.askedAt === 0;
      this.askedAt = Date.now();
      const asked = Promise.all([
        this.ask('slack', () => this.ports.room.check()),
        this.ask('twilio', () => this.ports.sms.check()),
      ]);
      // Whoever looks for the first time is to see how they are, where they say so at once.
      if (isFirst) await Promise.race([asked, sleep(FIRST_WAIT_MS)]);
    }
    try {
      await this.ports.store.ping();
      const { queue, posts } = this.ports.store;
      const counts = {
        queued: await queue.count('QUEUED'),
        uncertain: await queue.count('UNCERTAIN'),
        postsWaiting: await posts.waiting(),
      };
      return { ok: true, database: 'ok', ...this.states, worker: this.isWorker(), queue: counts };
    } catch (err) {
      this.ports.log.error({ err }, 'the database does not work');
      return { ok: false, database: 'failing', ...this.states, worker: false, queue: null };
    }
  }

  private async ask(service: 'slack' | 'twilio', check: () => Promise<void>): Promise<void> {
    try {
      await check();
      this.states[service] = 'ok';
    } catch {
      this.states[service] = 'not reachable, or refuses our credentials';
    }
  }
}
