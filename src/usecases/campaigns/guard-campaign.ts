import { sentOf } from '../../domain/cards/campaign-counts';
import { guardRail, LEAST_TEXTS, LOOKED_AT } from '../../domain/guard-rails';
import type { Ports } from '../ports';
import { countsOf } from './campaign-cards';
import { moveBy } from './control-campaign';
import { tellRequester } from './tell-requester';

/** Looking takes longer the larger the send: so many times as long it is left alone afterwards. */
const REST = 20;
const MOST_MENTIONED = 10;

interface Running {
  readonly id: number;
  readonly startedAt: Date | null;
  readonly guardedFrom: Date | null;
}

/** Pauses a send that does more harm than good, and says why; a person decides whether it goes on. */
export class CampaignGuard {
  /** What was seen last, by send; and until when it is left alone, by this process's own clock. */
  private readonly seen = new Map<number, string>();
  private readonly restsUntil = new Map<number, number>();

  constructor(private readonly ports: Ports) {}

  /** @param counts messages by state; looked at again only when failures or replies have changed since */
  async look(campaign: Running, counts: ReadonlyMap<string, number>): Promise<void> {
    const { store } = this.ports;
    const begun = performance.now();
    // With nothing left to protect it only stands in the way.
    if ((counts.get('QUEUED') ?? 0) === 0 || begun < (this.restsUntil.get(campaign.id) ?? 0)) return;
    const replies = await store.campaigns.replies(campaign.id);
    const now = JSON.stringify([counts.get('FAILED'), counts.get('UNDELIVERED'), replies]);
    if (this.seen.get(campaign.id) === now) return;
    const since = campaign.guardedFrom ?? campaign.startedAt ?? new Date(0);
    const latest = await store.guardRails.latest(campaign.id, since, LOOKED_AT);
    // Counting who was texted reads every text of the send: only when somebody has opted out.
    const { texted, optedOut } = replies.some(({ replyClass }) => replyClass === 'opt_out')
      ? await store.guardRails.optOuts(campaign.id, since)
      : { texted: sentOf(countsOf(counts)), optedOut: 0 };
    const why = guardRail({ latest, texted, optedOut });
    // Of the first few texts nothing can be said yet: they are looked at again when there are more.
    if (latest.length >= LEAST_TEXTS && texted >= LEAST_TEXTS) this.seen.set(campaign.id, now);
    this.restsUntil.set(campaign.id, begun + REST * (performance.now() - begun));
    if (why !== null) await this.pause(campaign.id, why);
  }

  private async pause(id: number, why: string): Promise<void> {
    const { store, clock, clinic, directory, wake } = this.ports;
    const at = clock.now();
    const { admins } = await directory.roles();
    await store.transaction(async (tx) => {
      const campaign = await tx.campaigns.byId(id);
      if (campaign?.state !== 'RUNNING') return;
      await moveBy(tx, { campaign, event: 'pause', actor: 'app', at, pausedReason: why });
      const next = 'It is paused. Look at its card, then resume or cancel it.';
      await tellRequester(tx, campaign, { key: `guarded:${at.getTime()}`, at, body: `⚠️ ${why} ${next}` });
      const people = [...new Set([campaign.requestedBy, ...admins])].slice(0, MOST_MENTIONED);
      const body = `⚠️ ${people.map((user) => `<@${user}>`).join(' ')} Send ${id} is paused. ${why} Look at its card, then type /outreach resume ${id} or /outreach cancel ${id}.`;
      const key = `guarded:${id}:${at.getTime()}`;
      await tx.posts.want({ key, kind: 'note', ref: id, channel: clinic.channels.approvals, body, priority: 1 }, at);
    });
    wake.posts();
  }
}
