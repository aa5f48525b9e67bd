import type { Audience } from '../domain/audience';
import { asJson } from './as-json';
import { audienceCondition, listedSources } from './audience-sql';
import type { Db } from './database';
import { Prisma } from './generated/client';

/** A patient as the audience rules look at them. */
export interface Candidate {
  readonly id: number;
  readonly phone: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly language: string | null;
  readonly zones: string;
  readonly zip: string | null;
  readonly state: string | null;
  readonly fields: string;
  readonly optedOut: boolean;
  readonly badCode: number | null;
  readonly textedLately: boolean;
}

export interface Recipient {
  readonly patientId: number;
  readonly phone: string;
  readonly text: string;
  readonly textKey: string;
  readonly segments: number;
  readonly zones: string;
}

export interface LeftOut {
  readonly patientId: number;
  readonly reason: string;
  readonly detail: string | null;
}

/** Where a walk through the patients has come to: they are walked in the order of (phone, id). */
export interface Position {
  readonly phone: string;
  readonly id: number;
}

export const START: Position = { phone: '', id: 0 };

export interface Selection {
  readonly campaignId: number;
  readonly audience: Audience;
  /** Patients whom the campaign's own file names. */
  readonly listed: readonly number[];
  /** Who got another campaign after this moment is marked; null = nobody. */
  readonly textedSince: Date | null;
}

/** Who may write the rows of a campaign that is being frozen: the run that began last, and nobody else. */
export interface FreezeRun {
  readonly campaignId: number;
  readonly run: string;
}

type Row = [
  number,
  string,
  string,
  string,
  string | null,
  string,
  string | null,
  string | null,
  string,
  number,
  number | null,
  number,
];

const candidateOf = (row: Row): Candidate => {
  const [id, phone, firstName, lastName, language, zones, zip, state, fields, optedOut, badCode, texted] = row;
  const marks = { optedOut: optedOut === 1, badCode, textedLately: texted === 1 };
  return { id, phone, firstName, lastName, language, zones, zip, state, fields, ...marks };
};

export class Recipients {
  constructor(private readonly db: Db) {}

  /**
   * The patients that groups, an earlier campaign and a file name, in the order of (phone, id), if they are at most
   * `limit`; null when they are more, and all patients have to be walked. Uses the primary key of GroupMember.
   */
  async sources({ audience, listed }: Pick<Selection, 'audience' | 'listed'>, limit: number): Promise<number[] | null> {
    const rows = await this.db.$queryRaw<{ rows: string }[]>`
      SELECT json_group_array(id) AS rows FROM (
        SELECT p.id FROM (${listedSources(audience, listed, limit + 1)}) s JOIN Patient p ON p.id = s.id
        ORDER BY p.phone, p.id)`;
    const ids = asJson(rows) as number[];
    return ids.length > limit ? null : ids;
  }

  /** Those of these patients who are in the audience, in the order of (phone, id). */
  among = (ids: readonly number[], selection: Selection): Promise<Candidate[]> =>
    this.candidates(
      Prisma.sql`SELECT * FROM Patient WHERE id IN (SELECT value FROM json_each(${JSON.stringify(ids)}))`,
      selection,
    );

  /**
   * Those of the next `size` patients after a position who are in the audience, and where that ends; `next` is null at
   * the end. Walks the index on phone, a bounded piece at a time, so that nobody waits for a rare group to be found.
   */
  async walk(
    after: Position,
    { size, selection }: { size: number; selection: Selection },
  ): Promise<{ candidates: Candidate[]; next: Position | null }> {
    const [next] = await this.db.$queryRaw<{ phone: string; id: bigint }[]>`
      SELECT phone, id FROM Patient WHERE (phone, id) > (${after.phone}, ${after.id})
      ORDER BY phone, id LIMIT 1 OFFSET ${size - 1}`;
    const candidates = await this.candidates(
      Prisma.sql`SELECT * FROM Patient WHERE (phone, id) > (${after.phone}, ${after.id}) ORDER BY phone, id LIMIT ${size}`,
      selection,
    );
    return { candidates, next: next ? { phone: next.phone, id: Number(next.id) } : null };
  }

  private async candidates(of: Prisma.Sql, selection: Selection): Promise<Candidate[]> {
    const rows = await this.db.$queryRaw<{ rows: string }[]>`
      SELECT json_group_array(json_array(id, phone, firstName, lastName, language, zones, zip, state, fields,
               optedOut, badCode, texted)) AS rows
      FROM (
        SELECT p.id, p.phone, p.firstName, p.lastName, p.language, p.zones, p.zip, p.state, p.fields,
               f.optedOutAt IS NOT NULL AS optedOut,
               CASE WHEN f.badSince IS NULL THEN NULL ELSE coalesce(f.badCode, 0) END AS badCode,
               ${textedLately(selection)} AS texted
        FROM (${of}) p LEFT JOIN Phone f ON f.number = p.phone
        WHERE ${audienceCondition(selection.audience, selection.listed)}
        ORDER BY p.phone, p.id)`;
    return (asJson(rows) as Row[]).map(candidateOf);
  }

  /**
   * One statement for a batch of messages; the unique indexes stand behind "one text to a patient".
   * @returns false when the run has lost its right to write, and nothing was written
   */
  async addMessages(run: FreezeRun, batch: readonly Recipient[], at: Date): Promise<boolean> {
    if (batch.length === 0) return true;
    const rows = batch.map((r) => [r.patientId, r.phone, r.text, r.textKey, r.segments, r.zones]);
    const written = await this.db.$executeRaw`
      INSERT INTO Message (direction, state, purpose, campaignId, patientId, phone, text, textKey, segments, zones, createdAt, attemptCount)
      SELECT 'OUTBOUND', 'QUEUED', 'CAMPAIGN', ${run.campaignId}, value ->> 0, value ->> 1, value ->> 2, value ->> 3,
             value ->> 4, value ->> 5, ${at}, 0
      FROM json_each(${JSON.stringify(rows)}) WHERE ${mayFreeze(run)}`;
    return written === batch.length;
  }

  /** @returns as {@link addMessages} */
  async addExclusions(run: FreezeRun, batch: readonly LeftOut[]): Promise<boolean> {
    if (batch.length === 0) return true;
    const rows = batch.map(({ patientId, reason, detail }) => [patientId, reason, detail]);
    const written = await this.db.$executeRaw`
      INSERT INTO Exclusion (campaignId, patientId, reason, detail)
      SELECT ${run.campaignId}, value ->> 0, value ->> 1, value ->> 2
      FROM json_each(${JSON.stringify(rows)}) WHERE ${mayFreeze(run)}`;
    return written === batch.length;
  }

  /** Between which ids a campaign's texts are: they were written in one go. Uses (campaignId, state) alone. */
  async bounds(campaignId: number): Promise<{ first: number; last: number }> {
    const [found] = await this.db.$queryRaw<{ first: bigint | null; last: bigint | null }[]>`
      SELECT min(id) AS first, max(id) AS last FROM Message WHERE campaignId = ${campaignId}`;
    return { first: Number(found?.first ?? 0), last: Number(found?.last ?? 0) };
  }

  /** What was frozen of a campaign, in that order: the next `limit` texts after an id, up to one. Walks the table itself. */
  async frozen(
    campaignId: number,
    { after, last, limit }: { after: number; last: number; limit: number },
  ): Promise<{ id: number; patientId: number; phone: string; text: string }[]> {
    const rows = await this.db.$queryRaw<{ rows: string }[]>`
      SELECT json_group_array(json_array(id, patientId, phone, text)) AS rows FROM (
        SELECT id, patientId, phone, text FROM Message WHERE +campaignId = ${campaignId} AND id > ${after} AND id <= ${last}
        ORDER BY id LIMIT ${limit})`;
    return (asJson(rows) as [number, number | null, string, string][]).map(([id, patientId, phone, text]) => ({
      id,
      patientId: patientId ?? 0,
      phone,
      text,
    }));
  }

  /** A piece of what a former run left of a campaign that is not frozen. @returns whether more is left */
  async dropSome({ campaignId }: FreezeRun, limit: number): Promise<boolean> {
    const messages = await this.db.$executeRaw`
      DELETE FROM Message WHERE id IN (
        SELECT m.id FROM Message m JOIN Campaign c ON c.id = m.campaignId
        WHERE m.campaignId = ${campaignId} AND m.state = 'QUEUED' AND c.frozenAt IS NULL LIMIT ${limit})`;
    const exclusions = await this.db.$executeRaw`
      DELETE FROM Exclusion WHERE campaignId = ${campaignId} AND patientId IN (
        SELECT e.patientId FROM Exclusion e JOIN Campaign c ON c.id = e.campaignId
        WHERE e.campaignId = ${campaignId} AND c.frozenAt IS NULL LIMIT ${limit})`;
    return messages + exclusions > 0;
  }

  /** Which patients rows of a file mean: by their id, else all who have the number. @returns pairs of line and patient */
  async matching(
    rows: readonly { line: number; externalId: string | null; phone: string | null }[],
  ): Promise<[line: number, patientId: number][]> {
    const json = JSON.stringify(rows.map(({ line, externalId, phone }) => [line, externalId, phone]));
    const found = await this.db.$queryRaw<{ rows: string }[]>`
      WITH listed AS MATERIALIZED (
        SELECT value ->> 0 AS line, value ->> 1 AS externalId, value ->> 2 AS phone FROM json_each(${json}))
      SELECT json_group_array(json_array(line, id)) AS rows FROM (
        SELECT l.line, p.id FROM listed l JOIN Patient p ON p.externalId = l.externalId
        UNION ALL
        SELECT l.line, p.id FROM listed l JOIN Patient p ON p.phone = l.phone
        WHERE NOT EXISTS (SELECT 1 FROM Patient q WHERE q.externalId = l.externalId))`;
    return asJson(found) as [number, number][];
  }

  /** Who is left out for a reason, or for any, in the order of ids: the next `limit` after one. */
  leftOut = (campaignId: number, { reason, after, limit }: { reason: string | null; after: number; limit: number }) =>
    this.db.exclusion.findMany({
      where: { campaignId, patientId: { gt: after }, ...(reason === null ? {} : { reason }) },
      orderBy: { patientId: 'asc' },
      take: limit,
      include: { patient: true },
    });
}

const mayFreeze = ({ campaignId, run }: FreezeRun): Prisma.Sql => Prisma.sql`EXISTS (
  SELECT 1 FROM Campaign c WHERE c.id = ${campaignId} AND c.freezeRun = ${run} AND c.frozenAt IS NULL AND c.state = 'DRAFT')`;

/** Whether the patient got, or is about to get, another campaign. Uses (phone, direction, id). */
const textedLately = ({ campaignId, textedSince }: Selection): Prisma.Sql =>
  textedSince === null
    ? Prisma.sql`0`
    : Prisma.sql`EXISTS (
        SELECT 1 FROM Message m JOIN Campaign c ON c.id = m.campaignId
        WHERE m.phone = p.phone AND m.direction = 'OUTBOUND' AND m.patientId = p.id AND m.campaignId <> ${campaignId}
          AND (m.submittedAt > ${textedSince}
            OR (m.state IN ('QUEUED', 'SENDING', 'UNCERTAIN') AND c.state IN ('AWAITING_APPROVAL', 'SCHEDULED', 'RUNNING', 'PAUSED'))))`;
