import type { CampaignState } from '../domain/campaign';
import type { Db } from './database';
import type { FreezeRun } from './recipients';

export interface NewCampaign {
  readonly key: string;
  readonly templateVersionId: number;
  readonly audience: string;
  readonly requestedBy: string;
  readonly startAt: Date | null;
  readonly atClose: 'CARRY_OVER' | 'EXPIRE';
  readonly createdAt: Date;
  /** Where its card goes. */
  readonly channel?: string;
  readonly threadTs?: string | null;
}

/** What freezing found, and reviewers will approve. */
export interface FrozenContent {
  readonly recipients: number;
  readonly contentHash: string;
  readonly approvalsNeeded: number;
  readonly zoneSets: readonly string[];
  /** JSON of an AudiencePreview. */
  readonly preview: string;
  readonly frozenAt: Date;
}

export class Campaigns {
  constructor(private readonly db: Db) {}

  byId = (id: number) =>
    this.db.campaign.findUnique({
      where: { id },
      include: {
        templateVersion: { include: { template: true, variants: true, replies: { orderBy: { position: 'asc' } } } },
      },
    });

  byKey = (key: string) => this.db.campaign.findUnique({ where: { key } });

  /** Without its frozen content yet. */
  create = (campaign: NewCampaign) =>
    this.db.campaign.create({ data: { ...campaign, contentHash: '', recipients: 0 } });

  /** Created, and not frozen yet: oldest first. */
  unfrozen = () =>
    this.db.campaign.findMany({
      where: { state: 'DRAFT', frozenAt: null },
      select: { id: true, audience: true },
      orderBy: { id: 'asc' },
    });

  /** From now on this run alone may write the campaign's rows. @returns false when it is frozen or canceled */
  async beginFreezing({ campaignId, run }: FreezeRun): Promise<boolean> {
    const where = { id: campaignId, state: 'DRAFT' as const, frozenAt: null };
    return (await this.db.campaign.updateMany({ where, data: { freezeRun: run } })).count === 1;
  }

  async noteFreezing(run: FreezeRun, progress: { looked: number; recipients: number }): Promise<void> {
    await this.whileFreezing(run, { preview: JSON.stringify({ progress }) });
  }

  /** @returns false when the run has lost its right to end it */
  endFreezing = (run: FreezeRun, frozen: FrozenContent): Promise<boolean> =>
    this.whileFreezing(run, { ...frozen, zoneSets: JSON.stringify(frozen.zoneSets) });

  /** It cannot be frozen as it was asked for: an end with nobody in it, and the reason. */
  refuseFreezing = (run: FreezeRun, problem: string, at: Date): Promise<boolean> =>
    this.whileFreezing(run, { problem, frozenAt: at });

  /** Frozen, and yet it must not go: why, in words. */
  refuse = (id: number, problem: string) => this.db.campaign.update({ where: { id }, data: { problem } });

  private async whileFreezing(
    { campaignId, run }: FreezeRun,
    data: Omit<Partial<FrozenContent>, 'zoneSets'> & { zoneSets?: string; problem?: string },
  ): Promise<boolean> {
    const where = { id: campaignId, state: 'DRAFT' as const, frozenAt: null, freezeRun: run };
    return (await this.db.campaign.updateMany({ where, data })).count === 1;
  }

  /**
   * Moves a campaign on, if it is still in the state that the decision was made in.
   * @returns false when somebody else was faster
   */
  async move(
    id: number,
    {
      from,
      to,
      ...times
    }: {
      from: CampaignState;
      to: CampaignState;
      startedAt?: Date;
      submittedAt?: Date;
      finishedAt?: Date;
      pausedReason?: string | null;
      remindedAt?: Date | null;
      rejectedBy?: string;
      guardedFrom?: Date;
    },
  ): Promise<boolean> {
    const { count } = await this.db.campaign.updateMany({ where: { id, state: from }, data: { state: to, ...times } });
    return count === 1;
  }

  inState = (states: readonly CampaignState[]) =>
    this.db.campaign.findMany({ where: { state: { in: [...states] } }, orderBy: { id: 'asc' } });

  endedSince = (at: Date, states: readonly ('DONE' | 'CANCELED')[] = ['DONE', 'CANCELED']) =>
    this.db.campaign.findMany({ where: { state: { in: [...states] }, finishedAt: { gte: at } } });

  /** What is under way, planned or waits for a decision, newest first. */
  active = (limit: number) =>
    this.db.campaign.findMany({
      where: { state: { in: ['RUNNING', 'PAUSED', 'SCHEDULED', 'AWAITING_APPROVAL'] } },
      orderBy: { id: 'desc' },
      take: limit,
      include: { templateVersion: { include: { template: true } } },
    });

  recent = (limit: number) =>
    this.db.campaign.findMany({
      where: { state: { not: 'DRAFT' } },
      orderBy: { id: 'desc' },
      take: limit,
      include: { templateVersion: { include: { template: true } } },
    });

  /** The newest ones that began to be sent, with the answers that they expect. */
  sent = (limit: number) =>
    this.db.campaign.findMany({
      where: { startedAt: { not: null } },
      orderBy: { id: 'desc' },
      take: limit,
      include: { templateVersion: { include: { template: true, replies: { orderBy: { position: 'asc' } } } } },
    });

  async setStart(id: number, startAt: Date | null): Promise<void> {
    await this.db.campaign.update({ where: { id }, data: { startAt } });
  }

  /** Messages of a campaign by state. Uses the index on (campaignId, state). */
  async counts(id: number): Promise<ReadonlyMap<string, number>> {
    const rows = await this.db.$queryRaw<{ state: string; n: bigint }[]>`
      SELECT state, count(*) AS n FROM Message WHERE campaignId = ${id} GROUP BY state`;
    return new Map(rows.map(({ state, n }) => [state, Number(n)]));
  }

  /** On which of these window keys queued messages of a campaign hang. One look into (state, campaignId, zones) for each. */
  async waitingKeys(id: number, keys: readonly string[]): Promise<string[]> {
    const rows = await this.db.$queryRaw<{ key: string }[]>`
      SELECT keys.value AS key FROM json_each(${JSON.stringify(keys)}) AS keys
      WHERE EXISTS (SELECT 1 FROM Message WHERE state = 'QUEUED' AND campaignId = ${id} AND zones = keys.value)`;
    return rows.map(({ key }) => key);
  }

  /** Messages that Twilio has and may still give back unsent (30036): handed over since, and not yet passed to a carrier. */
  stillAtTwilio = (id: number, since: Date) =>
    this.db.message.count({
      where: {
        campaignId: id,
        state: 'SUBMITTED',
        submittedAt: { gt: since },
        OR: [{ twilioStatus: null }, { twilioStatus: { not: 'sent' } }],
      },
    });

  /** Why messages of a campaign failed, by Twilio's code. */
  async failures(id: number): Promise<{ code: number; count: number }[]> {
    const rows = await this.db.$queryRaw<{ code: bigint; n: bigint }[]>`
      SELECT errorCode AS code, count(*) AS n FROM Message
      WHERE campaignId = ${id} AND state IN ('FAILED', 'UNDELIVERED') AND errorCode IS NOT NULL
      GROUP BY errorCode ORDER BY n DESC LIMIT 5`;
    return rows.map(({ code, n }) => ({ code: Number(code), count: Number(n) }));
  }

  /** Replies to a campaign by class and answer. */
  async replies(id: number): Promise<{ replyClass: string; answer: string | null; count: number }[]> {
    const rows = await this.db.$queryRaw<{ replyClass: string; answer: string | null; n: bigint }[]>`
      SELECT replyClass, answer, count(DISTINCT phone) AS n FROM Message
      WHERE answersCampaignId = ${id} AND replyClass IS NOT NULL GROUP BY replyClass, answer`;
    return rows.map(({ n, ...row }) => ({ ...row, count: Number(n) }));
  }

  exclusions = async (id: number): Promise<{ reason: string; count: number }[]> => {
    const rows = await this.db.exclusion.groupBy({ by: ['reason'], where: { campaignId: id }, _count: { _all: true } });
    return rows.map(({ reason, _count }) => ({ reason, count: _count._all })).sort((a, b) => b.count - a.count);
  };

  /** Texts as patients get them: of these patients, or of the first few. */
  samples = (id: number, of: readonly number[] | number) =>
    this.db.message.findMany({
      where: { campaignId: id, ...(typeof of === 'number' ? {} : { patientId: { in: [...of] } }) },
      orderBy: { id: 'asc' },
      ...(typeof of === 'number' && { take: of }),
      include: { patient: true },
    });

  async segments(id: number): Promise<number> {
    const { _sum } = await this.db.message.aggregate({ where: { campaignId: id }, _sum: { segments: true } });
    return _sum.segments ?? 0;
  }

  approvals = (id: number) =>
    this.db.approval.findMany({ where: { campaignId: id, withdrawnAt: null }, orderBy: { at: 'asc' } });

  async decide(decision: {
    campaignId: number;
    userId: string;
    decision: 'APPROVE' | 'REJECT';
    contentHash: string;
    at: Date;
  }): Promise<void> {
    const { campaignId, userId } = decision;
    await this.db.approval.upsert({
      where: { campaignId_userId_decision: { campaignId, userId, decision: decision.decision } },
      create: decision,
      update: { contentHash: decision.contentHash, at: decision.at, withdrawnAt: null },
    });
  }

  async withdraw(
    campaignId: number,
    { userId, decision, at }: { userId: string; decision: 'APPROVE' | 'REJECT'; at: Date },
  ): Promise<void> {
    await this.db.approval.updateMany({
      where: { campaignId, userId, decision, withdrawnAt: null },
      data: { withdrawnAt: at },
    });
  }

  markReminded = (id: number, at: Date) => this.db.campaign.update({ where: { id }, data: { remindedAt: at } });

  noteRejectReason = (id: number, why: string) =>
    this.db.campaign.update({ where: { id }, data: { rejectedWhy: why } });

  rejectedWithoutReason = (since: Date) =>
    this.db.campaign.findMany({ where: { state: 'REJECTED', rejectedWhy: null, createdAt: { gte: since } } });

  /** Ends what has not been handed to Twilio. Uses the index on (campaignId, state). @returns how many */
  async cancelQueued(id: number, at: Date): Promise<number> {
    return this.db.$executeRaw`
      UPDATE Message SET state = 'CANCELED', reason = 'campaign_canceled', settledAt = ${at}
      WHERE campaignId = ${id} AND state = 'QUEUED'`;
  }
}
