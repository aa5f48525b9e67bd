import { type AuditRecord, chained, GENESIS, hashOf } from './audit-chain';
import type { Db } from './database';
import { type AuditEntry, Prisma } from './generated/client';

export class Audit {
  constructor(private readonly db: Db) {}

  /** Call it inside a transaction: two writers at once would chain to the same row. */
  async append(record: AuditRecord): Promise<void> {
    const last = await this.db.auditEntry.findFirst({ orderBy: { id: 'desc' }, select: { hash: true } });
    await this.db.auditEntry.create({ data: chained(record, last?.hash ?? null) });
  }

  /** The newest first. @param wanted conditions that all hold; `skip` and `take` are a page */
  async page(wanted: AuditWanted, { skip, take }: { skip: number; take: number }): Promise<AuditEntry[]> {
    const ids = await this.db.$queryRaw<{ id: bigint }[]>`
      SELECT id FROM AuditEntry WHERE ${conditionOf(wanted)} ORDER BY id DESC LIMIT ${take} OFFSET ${skip}`;
    const found = await this.db.auditEntry.findMany({ where: { id: { in: ids.map(({ id }) => Number(id)) } } });
    return found.sort((one, other) => other.id - one.id);
  }

  async count(wanted: AuditWanted): Promise<number> {
    const rows = await this.db.$queryRaw<{ n: bigint }[]>`
      SELECT count(*) AS n FROM AuditEntry WHERE ${conditionOf(wanted)}`;
    return Number(rows[0]?.n ?? 0);
  }

  /** The last row: kept elsewhere, it tells later whether rows were cut off behind it. */
  head = () => this.db.auditEntry.findFirst({ orderBy: { id: 'desc' }, select: { id: true, hash: true } });

  hashAt = async (id: number): Promise<string | null> =>
    (await this.db.auditEntry.findUnique({ where: { id }, select: { hash: true } }))?.hash ?? null;

  /** @returns the first row that is not as it was written; null when the chain holds */
  async firstBroken(): Promise<BrokenAudit | null> {
    let before = { id: 0, hash: GENESIS };
    for (;;) {
      const rows = await this.db.auditEntry.findMany({
        where: { id: { gt: before.id } },
        orderBy: { id: 'asc' },
        take: 1000,
      });
      if (rows.length === 0) break;
      for (const row of rows) {
        if (row.id !== before.id + 1) return { row: before.id + 1, what: 'missing' };
        if (row.prevHash !== before.hash || row.hash !== hashOf(row)) return { row: row.id, what: 'changed' };
        before = row;
      }
    }
    // SQLite counts the rows that there ever were. (Who can change the file can change this count as well.)
    const [counted] = await this.db.$queryRaw<{ seq: bigint }[]>`
      SELECT seq FROM sqlite_sequence WHERE name = 'AuditEntry'`;
    return Number(counted?.seq ?? 0) > before.id ? { row: before.id + 1, what: 'missing' } : null;
  }
}

export interface BrokenAudit {
  readonly row: number;
  readonly what: 'changed' | 'missing';
}

export interface AuditWanted {
  readonly actor?: string | undefined;
  /** Rows about the patient, their conversation, or a text to or from their number. */
  readonly patient?: { readonly id: number; readonly phone: string } | undefined;
  readonly campaignId?: number | undefined;
  readonly from?: Date | undefined;
  /** Exclusive. */
  readonly to?: Date | undefined;
  /** A part of the action's name. */
  readonly action?: string | undefined;
}

/** Uses the indexes on actor, patientId, campaignId, subject and at. */
function conditionOf({ actor, patient, campaignId, from, to, action }: AuditWanted): Prisma.Sql {
  const all = [Prisma.sql`1 = 1`];
  if (actor !== undefined) all.push(Prisma.sql`actor = ${actor}`);
  if (patient !== undefined)
    all.push(Prisma.sql`(patientId = ${patient.id} OR subject = ${`patient:${patient.id}`}
      OR subject IN (SELECT 'conversation:' || id FROM Conversation WHERE phone = ${patient.phone})
      OR subject IN (SELECT 'message:' || id FROM Message WHERE phone = ${patient.phone}))`);
  if (campaignId !== undefined)
    all.push(Prisma.sql`(campaignId = ${campaignId} OR subject = ${`campaign:${campaignId}`})`);
  if (from !== undefined) all.push(Prisma.sql`at >= ${from}`);
  if (to !== undefined) all.push(Prisma.sql`at < ${to}`);
  if (action !== undefined) all.push(Prisma.sql`instr(action, ${action}) > 0`);
  return Prisma.join(all, ' AND ');
}
