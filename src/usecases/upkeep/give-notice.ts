import { NOTICE } from '../../domain/notice';
import type { Ports } from '../ports';

const KEY = 'notice';
/** Whoever could not be told, as with Slack away, is tried again after so long, in ms. */
const REST_MS = 30_000;

/** Each admin reads the notice once, over restarts, also who became one later; without admins the approvals channel does. */
export class NoticeGiver {
  /** By this process's own clock. */
  private restsUntil = 0;

  constructor(private readonly ports: Ports) {}

  async give(): Promise<void> {
    if (performance.now() < this.restsUntil) return;
    const { directory, clinic, room } = this.ports;
    const { admins } = await directory.roles();
    if (admins.size === 0) await this.giveOnce(KEY, () => Promise.resolve(clinic.channels.approvals));
    for (const admin of admins) await this.giveOnce(`${KEY}:${admin}`, () => room.directChannel(admin));
  }

  private async giveOnce(key: string, channelOf: () => Promise<string>): Promise<void> {
    const { store, clock, wake, log } = this.ports;
    if ((await store.posts.byKey(key)) !== null) return;
    try {
      const channel = await channelOf();
      const at = clock.now();
      await store.transaction(async (tx) => {
        if ((await tx.posts.byKey(key)) !== null) return;
        await tx.posts.want({ key, kind: 'note', ref: 0, channel, body: NOTICE, priority: 1 }, at);
        await tx.audit.append({
          at,
          actor: 'app',
          action: 'notice.give',
          subject: 'installation',
          detail: { channel },
        });
      });
      wake.posts();
    } catch (err) {
      this.restsUntil = performance.now() + REST_MS;
      log.warn({ err }, 'an admin could not be given the notice; it is tried again');
    }
  }
}
