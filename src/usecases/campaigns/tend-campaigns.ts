import { readWindowKey } from '../../domain/window-key';
import { hoursOfKey, WindowWatch } from '../../domain/window-watch';
import { nextOpening } from '../../domain/texting-window';
import type { Ports } from '../ports';
import { CampaignGuard } from './guard-campaign';
import { PaceWatch } from './pace-watch';
import { sentOf } from '../../domain/cards/campaign-counts';
import { countsOf } from './campaign-cards';
import { moveBy } from './control-campaign';
import { campaignKey } from './campaign-key';
import { postSummary } from './summarize-campaign';
import { waitsUntil } from './waits-until';

/** The longest that Twilio may keep a text in its queue, in ms: afterwards its end has been reported or never will be. */
const LONGEST_QUEUE_MS = 11 * 3_600_000;

/** How often those are looked for who opted out while their text was under way back into the queue, in ms. */
const SKIP_EVERY_MS = 30_000;

/** For so long, and so often, the card of a send that has ended follows what is still reported, in ms. */
const FOLLOWED_MS = 24 * 3_600_000;
const FOLLOW_EVERY_MS = 3_000;

/** Messages by state. */
type Counts = ReadonlyMap<string, number>;

/**
 * Looks after the campaigns that run: expires what the sender did not want to go on next day, skips who opted out,
 * shows progress, and closes what is done. Called every second or two; it only reads when nothing changes.
 */
export class CampaignTender {
  private readonly shown = new Map<number, string>();
  /** By this process's own clock. */
  private followAgainAt = 0;
  private readonly skippedAt = new Map<number, number>();
  private readonly windows: WindowWatch;
  private readonly guard: CampaignGuard;
  private readonly pace: PaceWatch;

  constructor(private readonly ports: Ports) {
    this.pace = new PaceWatch(ports);
    this.windows = new WindowWatch(ports.clinic.textingHours.current);
    this.guard = new CampaignGuard(ports);
  }

  async tend(): Promise<void> {
    for (const campaign of await this.ports.store.campaigns.inState(['RUNNING', 'PAUSED'])) {
      await this.endUnwanted(campaign);
      // Counted once: of 250,000 messages it takes some ten ms.
      const counts = await this.ports.store.campaigns.counts(campaign.id);
      if (campaign.state === 'RUNNING') await this.guard.look(campaign, counts);
      if (campaign.state === 'RUNNING') await this.pace.note(campaign, sentOf(countsOf(counts)));
      else await this.pace.forget(campaign);
      await this.show(campaign, counts);
      await this.finish(campaign.id, counts);
    }
    await this.followEnded();
  }

  /** Twilio and patients still have to say something of a send that has ended. */
  private async followEnded(): Promise<void> {
    if (performance.now() < this.followAgainAt) return;
    this.followAgainAt = performance.now() + FOLLOW_EVERY_MS;
    const { campaigns } = this.ports.store;
    const since = new Date(this.ports.clock.now().getTime() - FOLLOWED_MS);
    for (const campaign of await campaigns.endedSince(since)) {
      const counts = await campaigns.counts(campaign.id);
      await this.show(campaign, counts);
      await postSummary(this.ports, campaign, counts);
    }
  }

  private async endUnwanted(campaign: {
    id: number;
    atClose: string;
    startedAt: Date | null;
    zoneSets: string;
  }): Promise<void> {
    const now = this.ports.clock.now();
    const { queue } = this.ports.store;
    if (this.isTimeToSkip(campaign.id, now)) await queue.skipOptedOut(campaign.id, now);
    if (campaign.atClose !== 'EXPIRE' || campaign.startedAt === null) return;
    const rules = this.ports.clinic.textingHours.current();
    for (const zoneSet of JSON.parse(campaign.zoneSets) as string[]) {
      if (this.windows.at(zoneSet, now, 'campaign').open) continue;
      const opened = nextOpening(
        hoursOfKey(rules, zoneSet, 'campaign'),
        readWindowKey(zoneSet).zones,
        campaign.startedAt,
      );
      if (opened !== null && opened < now) await this.expire(campaign.id, zoneSet, now);
    }
  }

  /** A STOP skips what is queued by itself; this finds what was on its way back into the queue just then. */
  private isTimeToSkip(id: number, now: Date): boolean {
    const last = this.skippedAt.get(id);
    if (last !== undefined && Math.abs(now.getTime() - last) < SKIP_EVERY_MS) return false;
    this.skippedAt.set(id, now.getTime());
    return true;
  }

  /** What was not sent by closing time, as the sender chose; on the record with how many. */
  private async expire(campaignId: number, zoneSet: string, at: Date): Promise<void> {
    await this.ports.store.transaction(async (tx) => {
      const texts = await tx.queue.expireQueued(campaignId, zoneSet, at);
      if (texts === 0) return;
      const record = {
        at,
        actor: 'app',
        action: 'campaign.expire_texts',
        campaignId,
        detail: { texts, zones: zoneSet },
      };
      await tx.audit.append({ ...record, subject: campaignKey(campaignId) });
    });
  }

  /** The card follows the counts, and the windows of those who wait. */
  private async show(campaign: { id: number; zoneSets: string }, counts: Counts): Promise<void> {
    const { id } = campaign;
    const now = JSON.stringify([[...counts].sort(), await waitsUntil(this.ports, this.windows, campaign)]);
    if (this.shown.get(id) === now) return;
    this.shown.set(id, now);
    await this.ports.store.posts.touch(campaignKey(id));
    this.ports.wake.posts();
  }

  private async finish(id: number, counts: Counts): Promise<void> {
    const { store, clock } = this.ports;
    const at = clock.now();
    const { queued, sending, uncertain } = countsOf(counts);
    if (queued + sending + uncertain > 0) return;
    if ((await store.campaigns.stillAtTwilio(id, new Date(at.getTime() - LONGEST_QUEUE_MS))) > 0) return;
    await store.transaction(async (tx) => {
      const campaign = await tx.campaigns.byId(id);
      if (campaign?.state === 'RUNNING' || campaign?.state === 'PAUSED') {
        await moveBy(tx, { campaign, event: 'finish', actor: 'app', at });
      }
    });
    this.skippedAt.delete(id);
    this.ports.wake.posts();
  }
}
