import { createHash } from 'node:crypto';
import type { Db } from './database';

export interface AuditRecord {
  readonly at: Date;
  /** Slack user id, or `app`. */
  readonly actor: string;
  /** `campaign.approve` … */
  readonly action: string;
  /** `campaign:12`: ids only. */
  readonly subject: string;
  readonly patientId?: number;
  readonly campaignId?: number;
  /** Before and after, by ids, counts and states; never the text of a message. */
  readonly detail?: Readonly<Record<string, unknown>>;
}

const GENESIS = '0'.repeat(64);

interface Chained {
  readonly at: Date;
  readonly actor: string;
  readonly action: string;
  readonly subject: string;
  readonly patientId: number | null;
  readonly campaignId: number | null;
  readonly detail: string;
  readonly prevHash: string;
}

const hashOf = (row: Chained): string =>
  createHash('sha256')
    .update(
      JSON.stringify([
        row.prevHash,
        row.at.getTime(),
        row.actor,
        row.action,
        row.subject,
        row.patientId,
        row.campaignId,
        row.detail,
      ]),
    )
    .digest('hex');

export class Audit {
  constructor(private readonly db: Db) {}

  /** Call it inside a transaction: two writers at once would chain to the same row. */
  async append(record: AuditRecord): Promise<void> {
    const last = await this.db.auditEntry.findFirst({ orderBy: { id: 'desc' }, select: { hash: true } });
    const row: Chained = {
      at: record.at,
      actor: record.actor,
      action: record.action,
      subject: record.subject,
      patientId: record.patientId ?? null,
      campaignId: record.campaignId ?? null,
      detail: JSON.stringify(record.detail ?? {}),
      prevHash: last?.hash ?? GENESIS,
    };
    await this.db.auditEntry.create({ data: { ...row, hash: hashOf(row) } });
  }

  recent = (limit: number) => this.db.auditEntry.findMany({ orderBy: { id: 'desc' }, take: limit });

  /** @returns the id of the first row that does not follow from the row before it; null when the chain holds */
  async firstBroken(): Promise<number | null> {
    let prevHash = GENESIS;
    let after = 0;
    for (;;) {
      const rows = await this.db.auditEntry.findMany({
        where: { id: { gt: after } },
        orderBy: { id: 'asc' },
        take: 1000,
      });
      if (rows.length === 0) return null;
      for (const row of rows) {
        if (row.prevHash !== prevHash || row.hash !== hashOf(row)) return row.id;
        prevHash = row.hash;
        after = row.id;
      }
    }
  }
}
