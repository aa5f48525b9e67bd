import { approvalDue } from '../../domain/approval-times';
import { WindowWatch } from '../../domain/window-watch';
import type { Tx } from '../../store/store';
import type { Ports } from '../ports';
import { approvalKey, moveBy } from './control-campaign';
import { catchUpReactionsOf } from './decide-campaign';
import { tellRequester } from './tell-requester';

type Campaign = NonNullable<Awaited<ReturnType<Tx['campaigns']['byId']>>>;

const MOST_MENTIONED = 10;

/** When Slack could not be asked it is left alone for so long, in ms. */
const REST_MS = 30_000;

/** Requests that wait: reviewers are reminded once, in waking hours of the clinic, and after a day they are closed. */
export class ApprovalTender {
  private readonly windows: WindowWatch;
  /** By this process's own clock. */
  private restsUntil = 0;

  constructor(private readonly ports: Ports) {
    this.windows = new WindowWatch(ports.clinic.textingHours.current);
  }

  async tend(): Promise<void> {
    const { store, clock, clinic, log } = this.ports;
    const now = clock.now();
    const isWaking = this.windows.at(clinic.timeZone, now, 'conversation').open;
    for (const { id, submittedAt, createdAt, remindedAt } of await store.campaigns.inState(['AWAITING_APPROVAL'])) {
      const due = approvalDue({ askedAt: submittedAt ?? createdAt, remindedAt }, now, isWaking);
      if (due === null || performance.now() < this.restsUntil) continue;
      try {
        await this.tendOne(id, due, now);
      } catch (err) {
        this.restsUntil = performance.now() + REST_MS;
        log.warn({ err, campaignId: id }, 'a request that waits could not be looked after; it is tried again');
      }
    }
  }

  /** An event may have been lost: what stands on the card decides, and nothing is closed while Slack cannot be asked. */
  private async tendOne(id: number, due: 'remind' | 'expire', now: Date): Promise<void> {
    const { store, directory, clinic, wake } = this.ports;
    await catchUpReactionsOf(this.ports, id);
    const { reviewers } = await directory.roles();
    await store.transaction(async (tx) => {
      const campaign = await tx.campaigns.byId(id);
      if (campaign?.state !== 'AWAITING_APPROVAL') return;
      const request = { tx, campaign, at: now, channel: clinic.channels.approvals };
      if (due === 'expire') await expire(request);
      else await remind(request, [...reviewers]);
    });
    wake.posts();
  }
}

interface Request {
  readonly tx: Tx;
  readonly campaign: Campaign;
  readonly at: Date;
  readonly channel: string;
}

async function expire({ tx, campaign, at, channel }: Request): Promise<void> {
  await moveBy(tx, { campaign, event: 'expire', actor: 'app', at });
  await tx.campaigns.cancelQueued(campaign.id, at);
  const body = `⌛ Nobody decided within 24 hours, so this request is closed and nothing is sent. <@${campaign.requestedBy}> can press “Change and ask again” on its card.`;
  await inThread({ tx, campaign, at, channel }, 'expired', body);
  await tellRequester(tx, campaign, {
    key: 'expired',
    at,
    body: '⌛ nobody approved your send within 24 hours, so it is closed and nothing was sent. Press “Change and ask again” on its card.',
  });
}

async function remind({ tx, campaign, at, channel }: Request, reviewers: readonly string[]): Promise<void> {
  await tx.campaigns.markReminded(campaign.id, at);
  const others = reviewers.filter((user) => user !== campaign.requestedBy).slice(0, MOST_MENTIONED);
  const who = others.map((user) => `<@${user}>`).join(' ');
  const body = `⏰ ${who} This send has waited for 4 hours. Decide with ✅ or ❌ above; undecided, it is closed 24 hours after it was asked for.`;
  await inThread({ tx, campaign, at, channel }, 'reminded', body);
  await tellRequester(tx, campaign, {
    key: `reminded:${at.getTime()}`,
    at,
    body: '⏰ your send still waits for approval. The reviewers were reminded just now.',
  });
}

const inThread = ({ tx, campaign: { id }, at, channel }: Request, what: string, body: string): Promise<void> =>
  tx.posts.want(
    {
      key: `${what}:${id}:${at.getTime()}`,
      kind: 'note',
      ref: id,
      channel,
      threadOf: approvalKey(id),
      body,
      priority: 3,
    },
    at,
  );
