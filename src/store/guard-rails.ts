import type { Db } from './database';

/** What the guard rails look at. Texts from before `since` do not count, whenever their fate becomes known. */
export class GuardRails {
  constructor(private readonly db: Db) {}

  /** Error codes of the latest texts that came to an end; null = delivered. Reads the campaign's part of (campaignId, state). */
  async latest(campaignId: number, since: Date, limit: number): Promise<(number | null)[]> {
    const rows = await this.db.$queryRaw<{ state: string; errorCode: bigint | null }[]>`
      SELECT state, errorCode FROM Message
      WHERE campaignId = ${campaignId} AND state IN ('DELIVERED', 'UNDELIVERED', 'FAILED')
        AND settledAt >= ${since} AND (submittedAt IS NULL OR submittedAt >= ${since})
      ORDER BY settledAt DESC, id DESC LIMIT ${limit}`;
    return rows.map(({ state, errorCode }) => (state === 'DELIVERED' ? null : Number(errorCode ?? 0)));
  }

  /** Texts handed over since, and patients who answered them with STOP. Uses (campaignId, state), (answersCampaignId, replyClass). */
  async optOuts(campaignId: number, since: Date): Promise<{ texted: number; optedOut: number }> {
    const [row] = await this.db.$queryRaw<{ texted: bigint; optedOut: bigint }[]>`
      SELECT
        (SELECT count(*) FROM Message WHERE campaignId = ${campaignId} AND submittedAt >= ${since}) AS texted,
        (SELECT count(DISTINCT r.phone) FROM Message r
         WHERE r.answersCampaignId = ${campaignId} AND r.replyClass = 'opt_out' AND r.createdAt >= ${since}
           AND EXISTS (SELECT 1 FROM Message m WHERE m.phone = r.phone AND m.direction = 'OUTBOUND'
                       AND m.campaignId = ${campaignId} AND m.submittedAt >= ${since})) AS optedOut`;
    return { texted: Number(row?.texted ?? 0), optedOut: Number(row?.optedOut ?? 0) };
  }
}
