import type { Db } from './database';

/** A patient as the audience rules look at them. */
export interface Candidate {
  readonly id: number;
  readonly externalId: string;
  readonly kind: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly phone: string;
  readonly language: string | null;
  readonly zones: string;
  readonly zip: string | null;
  readonly state: string | null;
  readonly fields: string;
  readonly optedOut: boolean;
  readonly bad: boolean;
}

export interface Recipient {
  readonly patientId: number;
  readonly phone: string;
  readonly text: string;
  readonly textKey: string;
  readonly segments: number;
  readonly zones: string;
}

export class Recipients {
  constructor(private readonly db: Db) {}

  /**
   * The members of any of these groups, each once, in the order of their ids: the next `limit` after `afterId`.
   * Walks the primary key of Patient and looks into GroupMember's index on patientId.
   */
  async candidates(groupIds: readonly number[], afterId: number, limit: number): Promise<Candidate[]> {
    const rows = await this.db.$queryRaw<(Omit<Candidate, 'optedOut' | 'bad'> & { optedOut: bigint; bad: bigint })[]>`
      SELECT p.id, p.externalId, p.kind, p.firstName, p.lastName, p.phone, p.language, p.zones, p.zip, p.state, p.fields,
             f.optedOutAt IS NOT NULL AS optedOut, f.badSince IS NOT NULL AS bad
      FROM Patient p LEFT JOIN Phone f ON f.number = p.phone
      WHERE p.id > ${afterId} AND EXISTS (
        SELECT 1 FROM GroupMember g WHERE g.patientId = p.id
          AND g.groupId IN (SELECT value FROM json_each(${JSON.stringify(groupIds)})))
      ORDER BY p.id LIMIT ${limit}`;
    return rows.map((row) => ({
      ...row,
      optedOut: Number(row.optedOut) === 1,
      bad: Number(row.bad) === 1,
    }));
  }

  /** One statement for a batch of messages; the unique indexes stand behind "one text to a patient". */
  async addMessages(campaignId: number, batch: readonly Recipient[], at: Date): Promise<void> {
    const rows = batch.map((r) => [r.patientId, r.phone, r.text, r.textKey, r.segments, r.zones]);
    await this.db.$executeRaw`
      INSERT INTO Message (direction, state, purpose, campaignId, patientId, phone, text, textKey, segments, zones, createdAt, attemptCount)
      SELECT 'OUTBOUND', 'QUEUED', 'CAMPAIGN', ${campaignId}, value ->> 0, value ->> 1, value ->> 2, value ->> 3,
             value ->> 4, value ->> 5, ${at}, 0
      FROM json_each(${JSON.stringify(rows)})`;
  }

  async addExclusions(campaignId: number, batch: readonly { patientId: number; reason: string }[]): Promise<void> {
    const rows = batch.map(({ patientId, reason }) => [patientId, reason]);
    await this.db.$executeRaw`
      INSERT INTO Exclusion (campaignId, patientId, reason)
      SELECT ${campaignId}, value ->> 0, value ->> 1 FROM json_each(${JSON.stringify(rows)})`;
  }
}
