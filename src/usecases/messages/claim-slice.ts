import { capStart, readAudience } from '../../domain/audience';
import type { TextKind } from '../../domain/texting-rules';
import type { WindowWatch } from '../../domain/window-watch';
import type { Claimed } from '../../store/claimed';
import type { ClaimRequest } from '../../store/queue';
import type { Tx } from '../../store/store';
import type { Ports } from '../ports';
import { newAttemptId } from './attempt-id';

interface Running {
  readonly id: number;
  readonly keys: readonly string[];
  /** See {@link ClaimRequest}: the cap is looked at again, because other sends have gone since it was frozen. */
  readonly textedSince: Date | null;
}

/**
 * What goes to Twilio next: 1-to-1 texts before campaigns, campaigns in equal shares. Claim and attempts are one
 * transaction; after it the messages are this process's to hand over, and nobody else's.
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
    const campaigns = this.inTurn(await this.running(now));
    if (conversations.length + campaigns.length === 0) return [];
    return store.transaction(async (tx) => {
      const first = await this.claimConversations(tx, { keys: conversations, now, limit });
      return [...first, ...(await this.claimCampaigns(tx, { campaigns, now, limit: limit - first.length }))];
    });
  }

  /** What is for one patient, and overtakes. */
  async ofConversations(now: Date, limit: number): Promise<Claimed[]> {
    const { store } = this.ports;
    const keys = await store.queue.zoneSetsOfConversations();
    if (keys.length === 0) return [];
    return store.transaction((tx) => this.claimConversations(tx, { keys, now, limit }));
  }

  private async claimConversations(
    tx: Tx,
    { keys, now, limit }: { keys: readonly string[]; now: Date; limit: number },
  ): Promise<Claimed[]> {
    if (keys.length === 0) return [];
    return tx.queue.claimOfConversations(requestFor(this.open(keys, now, 'conversation'), now, limit));
  }

  /** Each gets its share of what is left; what one leaves goes to those after it, and at last to those before. */
  private async claimCampaigns(
    tx: Tx,
    { campaigns, now, limit }: { campaigns: readonly Running[]; now: Date; limit: number },
  ): Promise<Claimed[]> {
    const claimed: Claimed[] = [];
    const claim = async ({ id, keys, textedSince }: Running, share: number): Promise<number> => {
      const got = await tx.queue.claimOfCampaign(id, { ...requestFor(keys, now, share), textedSince });
      claimed.push(...got.sort((a, b) => keys.indexOf(a.zones) - keys.indexOf(b.zones)));
      return got.length;
    };
    const unsated: Running[] = [];
    for (const [index, campaign] of campaigns.entries()) {
      const share = Math.ceil((limit - claimed.length) / (campaigns.length - index));
      if (share > 0 && (await claim(campaign, share)) === share) unsated.push(campaign);
    }
    for (const campaign of unsated) {
      if (claimed.length < limit) await claim(campaign, limit - claimed.length);
    }
    return claimed;
  }

  /** The campaigns that have a window open now; the window that closes soonest comes first in each. */
  private async running(now: Date): Promise<Running[]> {
    const campaigns = await this.ports.store.campaigns.inState(['RUNNING']);
    return campaigns
      .map(({ id, zoneSets, audience }) => ({
        id,
        keys: this.open(JSON.parse(zoneSets) as string[], now, 'campaign'),
        textedSince: capStart(readAudience(audience), now),
      }))
      .filter(({ keys }) => keys.length > 0);
  }

  private open(keys: readonly string[], now: Date, kind: TextKind): string[] {
    return keys
      .map((key) => ({ key, ...this.windows.at(key, now, kind) }))
      .filter(({ open }) => open)
      .sort((a, b) => (a.until?.getTime() ?? Infinity) - (b.until?.getTime() ?? Infinity))
      .map(({ key }) => key);
  }

  /** Another one is first each time: with a claim of one message, too, all get on alike. */
  private inTurn(campaigns: readonly Running[]): readonly Running[] {
    this.turn += 1;
    const first = campaigns.length === 0 ? 0 : this.turn % campaigns.length;
    return [...campaigns.slice(first), ...campaigns.slice(0, first)];
  }
}

const requestFor = (openZoneSets: readonly string[], now: Date, limit: number): ClaimRequest => ({
  now,
  openZoneSets,
  limit,
  newAttemptId: () => newAttemptId(now),
});
