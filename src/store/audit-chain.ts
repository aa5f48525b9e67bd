import { createHash } from 'node:crypto';

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

export const GENESIS = '0'.repeat(64);

export interface Chained {
  readonly at: Date;
  readonly actor: string;
  readonly action: string;
  readonly subject: string;
  readonly patientId: number | null;
  readonly campaignId: number | null;
  readonly detail: string;
  readonly prevHash: string;
}

export const hashOf = (row: Chained): string =>
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

/** A row with its hash, which follows from the row before. @param prevHash null when there is none before */
export function chained(record: AuditRecord, prevHash: string | null): Chained & { readonly hash: string } {
  const row: Chained = {
    at: record.at,
    actor: record.actor,
    action: record.action,
    subject: record.subject,
    patientId: record.patientId ?? null,
    campaignId: record.campaignId ?? null,
    detail: JSON.stringify(record.detail ?? {}),
    prevHash: prevHash ?? GENESIS,
  };
  return { ...row, hash: hashOf(row) };
}
