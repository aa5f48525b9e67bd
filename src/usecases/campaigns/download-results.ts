import { maskedName } from '../../domain/masking';
import { writeCsv } from '../../domain/patient-file/csv';
import { skipInWords } from '../../domain/skip-reasons';
import { explainError } from '../../domain/twilio-errors';
import { notFound, requireRight } from '../permissions';
import type { Ports } from '../ports';
import { campaignKey } from './campaign-key';

const BATCH = 1_000;
const HEADER = ['Patient', 'Patient ID', 'Phone (last four)', 'What became of it', 'Why', 'Sent', 'Ended', 'Replies'];

const STATE_IN_WORDS: Readonly<Record<string, string>> = {
  QUEUED: 'waiting',
  SENDING: 'being handed over',
  UNCERTAIN: 'unknown: Twilio is being asked',
  SUBMITTED: 'sent, no receipt yet',
  DELIVERED: 'delivered',
  UNDELIVERED: 'not delivered',
  FAILED: 'failed',
  SKIPPED: 'not sent',
  CANCELED: 'not sent: canceled',
  EXPIRED: 'not sent by closing time',
};

/**
 * Every recipient of a send and what became of the text, as a CSV for the one who asks, in their DM with the app. On the
 * record, with how many there were.
 * @throws AppError FORBIDDEN, NOT_FOUND
 */
export async function downloadResults(ports: Ports, campaignId: number, actor: string): Promise<void> {
  await requireRight(ports, actor, 'responses.download');
  const { store, clock, room } = ports;
  if (!(await store.campaigns.byId(campaignId))) throw notFound('send', campaignId);
  const rows: string[][] = [HEADER];
  for (let after = 0; ;) {
    const batch = await store.outcomes.page(campaignId, after, BATCH);
    const answers = await answersOf(ports, campaignId, batch);
    rows.push(...batch.map((message) => rowOf(message, answers.get(message.phone) ?? [])));
    if (batch.length < BATCH) break;
    after = batch.at(-1)?.id ?? after;
    await new Promise((resolve) => setImmediate(resolve));
  }
  const at = clock.now();
  const [count, subject] = [rows.length - 1, campaignKey(campaignId)];
  await store.transaction((tx) =>
    tx.audit.append({ at, actor, action: 'campaign.download', subject, campaignId, detail: { count } }),
  );
  await room.giveFile(actor, {
    name: `send-${campaignId}-${at.toISOString().slice(0, 10)}.csv`,
    content: Buffer.from(writeCsv(rows)),
    comment: `Send ${campaignId}: ${count} ${count === 1 ? 'recipient' : 'recipients'}, for your eyes only. Delete the file when you have used it.`,
  });
}

type Message = Awaited<ReturnType<Ports['store']['outcomes']['page']>>[number];

async function answersOf({ store }: Ports, campaignId: number, batch: readonly Message[]) {
  const phones = [...new Set(batch.map(({ phone }) => phone))];
  const answers = new Map<string, string[]>();
  for (const { phone, replyClass, answer } of await store.outcomes.answers(campaignId, phones)) {
    answers.set(phone, [...(answers.get(phone) ?? []), answer ?? replyClass?.replace('_', ' ') ?? 'not read yet']);
  }
  return answers;
}

const whyOf = ({ state, errorCode, reason }: Message): string => {
  if (errorCode !== null) return `${explainError(errorCode).sentence} (Twilio ${errorCode})`;
  return state === 'SKIPPED' ? skipInWords(reason ?? '') : '';
};

const rowOf = (message: Message, answers: readonly string[]): string[] => [
  maskedName(message.patient?.firstName, message.patient?.lastName),
  message.patient?.externalId ?? '',
  message.phone.slice(-4),
  STATE_IN_WORDS[message.state] ?? message.state,
  whyOf(message),
  message.submittedAt?.toISOString() ?? '',
  message.settledAt?.toISOString() ?? '',
  answers.join('; '),
];
