import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import type { Ports } from '../ports';

const NAME = 'worker';
/** How long a process that went silent keeps the others waiting, in ms. */
const LASTS_MS = 20_000;
/** Renewed this often, in ms. */
export const RENEW_EVERY_MS = 5_000;
/** A holder stops working this long before its lease ends, in ms: an overslept process must not send. */
const MARGIN_MS = 3_000;

/**
 * Dispatching, settling and posting are done by one process at a time. Times here are the machine's own: a lease is
 * between processes, and no sandbox's clock moves it.
 */
export class WorkerLease {
  private readonly holder = `${hostname()}:${process.pid}:${randomUUID()}`;
  private heldUntil = 0;

  constructor(private readonly ports: Pick<Ports, 'store' | 'log'>) {}

  /** Whether this process may work at this very moment. */
  isHeld(): boolean {
    return Date.now() < this.heldUntil - MARGIN_MS;
  }

  /** Takes or renews it. @returns `taken` when it was somebody else's, or nobody's, before: also when it was ours and lost */
  async renew(): Promise<'taken' | 'held' | 'refused'> {
    const now = Date.now();
    await this.clearDeadHolder();
    const until = now + LASTS_MS;
    const outcome = await this.ports.store.transaction(async ({ housekeeping }) => {
      const wasOurs = (await housekeeping.lease(NAME))?.holder === this.holder;
      const lease = { name: NAME, holder: this.holder, now: new Date(now), expiresAt: new Date(until) };
      if (!(await housekeeping.holdLease(lease))) return 'refused';
      return wasOurs ? 'held' : 'taken';
    });
    this.heldUntil = outcome === 'refused' ? 0 : until;
    return outcome;
  }

  async end(): Promise<void> {
    this.heldUntil = 0;
    await this.ports.store.housekeeping.endLease(NAME, this.holder);
  }

  /** A holder that crashed on this very machine need not be waited for. */
  private async clearDeadHolder(): Promise<void> {
    const lease = await this.ports.store.housekeeping.lease(NAME);
    if (!lease || lease.holder === this.holder) return;
    const [host, pid] = lease.holder.split(':');
    if (host !== hostname() || isAlive(Number(pid))) return;
    this.ports.log.info({ holder: lease.holder }, 'the former worker is gone: taking over');
    await this.ports.store.housekeeping.endLease(NAME, lease.holder);
  }
}

/** Our own process id in another holder's name is a predecessor's: a container starts at the same id each time. */
const isAlive = (pid: number): boolean => {
  if (pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
};
