import { randomUUID } from 'node:crypto';
import type { TextKind } from '../../domain/texting-rules';
import type { WindowWatch } from '../../domain/window-watch';
import type { Claimed, ClaimRequest } from '../../store/queue';
import type { Ports } from '../ports';

/**
 * What goes to Twilio next: 1-to-1 texts before campaigns, campaigns in turn. Claim and attempts are one transaction;
 * after it the messages are this process's to hand over, and nobody else's.
 */
export class Claimer {
  private turn = 0;

  constructor(
    private readonly ports: Pick<Ports, 'store'>,
    private readonly windows: WindowWatch,
  ) {}

  async next(now: Date, limit: number): Promise<Claimed[]> {
    const { store } = this.ports;
    const conversations = await store.queue.zoneSetsOfConversations();
    const running = await store.campaigns.inState(['RUNNING']);
    return store.transaction(async (tx) => {
      const request = (keys: readonly string[], kind: TextKind, left: number): ClaimRequest => ({
        now,
        openZoneSets: keys.filter((key) => this.windows.at(key, now, kind).open),
        limit: left,
        newAttemptId: randomUUID,
      });
      const claimed =
        conversations.length > 0
          ? await tx.queue.claimOfConversations(request(conversations, 'conversation', limit))
          : [];
      this.turn += 1;
      for (let i = 0; i < running.length && claimed.length < limit; i += 1) {
        const campaign = running[(this.turn + i) % running.length];
        if (!campaign) continue;
        const wanted = request(JSON.parse(campaign.zoneSets) as string[], 'campaign', limit - claimed.length);
        if (wanted.openZoneSets.length > 0) claimed.push(...(await tx.queue.claimOfCampaign(campaign.id, wanted)));
      }
      return claimed;
    });
  }
}
