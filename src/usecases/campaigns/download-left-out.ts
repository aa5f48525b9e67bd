import { EXCLUSION_IN_WORDS, type ExclusionReason } from '../../domain/audience';
import { maskedName } from '../../domain/masking';
import { writeCsv } from '../../domain/patient-file/csv';
import { notFound, requireRight } from '../permissions';
import type { Ports } from '../ports';
import { campaignKey } from './campaign-key';

export interface LeftOutQuery {
  readonly campaignId: number;
  readonly actor: string;
  /** Null: whatever the reason. */
  readonly reason: string | null;
}

const HEADER = ['Patient', 'Patient ID', 'Phone (last four)', 'Language', 'Why left out', 'Missing'];
const BATCH = 1_000;

/**
 * Who is left out of a campaign, as a CSV for the one who asks, in their DM with the app. On the record, with how many.
 * @throws AppError FORBIDDEN, NOT_FOUND
 */
export async function downloadLeftOut(ports: Ports, { campaignId, actor, reason }: LeftOutQuery): Promise<number> {
  await requireRight(ports, actor, 'campaigns.send');
  const { store, clock, room } = ports;
  if (!(await store.campaigns.byId(campaignId))) throw notFound('send', campaignId);
  const rows: string[][] = [HEADER];
  for (let after = 0; ;) {
    const batch = await store.recipients.leftOut(campaignId, { reason, after, limit: BATCH });
    rows.push(...batch.map(csvRow));
    after = batch.at(-1)?.patientId ?? after;
    if (batch.length < BATCH) break;
    await new Promise((resolve) => setImmediate(resolve));
  }
  const count = rows.length - 1;
  const record = { at: clock.now(), actor, subject: campaignKey(campaignId), campaignId };
  await store.transaction((tx) =>
    tx.audit.append({ ...record, action: 'campaign.left_out.download', detail: { count, reason } }),
  );
  const why = reason === null ? '' : `: ${EXCLUSION_IN_WORDS[reason as ExclusionReason]}`;
  await room.giveFile(actor, {
    name: `left-out-send-${campaignId}${reason === null ? '' : `-${reason.replace(/\W/g, '-')}`}.csv`,
    content: Buffer.from(writeCsv(rows)),
    comment: `${count} left out of send ${campaignId}${why}. For your eyes only; delete the file when you have used it.`,
  });
  return count;
}

type LeftOut = Awaited<ReturnType<Ports['store']['recipients']['leftOut']>>[number];

const csvRow = ({ patient, reason, detail }: LeftOut): string[] => [
  maskedName(patient.firstName, patient.lastName),
  patient.externalId,
  patient.phone.slice(-4),
  patient.language ?? '',
  EXCLUSION_IN_WORDS[reason as ExclusionReason],
  detail ?? '',
];
