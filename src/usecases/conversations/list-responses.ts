import type { ResponseRow, ResponsesFilter, ResponsesPage } from '../../domain/cards/card';
import { maskedId, maskedName } from '../../domain/masking';
import { writeCsv } from '../../domain/patient-file/csv';
import { maskPhone } from '../../domain/phone-number';
import { requireRight } from '../permissions';
import type { Ports } from '../ports';

const PAGE = 10;

export interface ResponsesQuery {
  readonly actor: string;
  readonly filter: ResponsesFilter;
  readonly page: number;
  readonly campaignId: number | null;
}

const CLASSES = { all: [], unexpected: ['unexpected', 'urgent'], urgent: ['urgent'] } as const;

/** Replies, what needs a person first. @throws AppError FORBIDDEN */
export async function listResponses(
  ports: Ports,
  { actor, filter, page, campaignId }: ResponsesQuery,
): Promise<ResponsesPage> {
  await requireRight(ports, actor, 'responses.read');
  const { store } = ports;
  const which = campaignId === null ? {} : { campaignId };
  const found = await store.responses.page({ ...which, classes: CLASSES[filter], skip: page * PAGE, take: PAGE + 1 });
  const counts = await store.responses.counts(campaignId);
  const campaign = campaignId === null ? null : await store.campaigns.byId(campaignId);
  return {
    campaign: campaign ? { id: campaign.id, name: campaign.templateVersion.template.name } : null,
    filter,
    page,
    more: found.length > PAGE,
    counts,
    rows: await Promise.all(found.slice(0, PAGE).map((message) => rowOf(ports, message))),
  };
}

type Found = Awaited<ReturnType<Ports['store']['responses']['page']>>[number];

const whoOf = (message: Found): string =>
  message.patient
    ? maskedName(message.patient.firstName, message.patient.lastName)
    : `Unknown ${maskPhone(message.phone)}`;

async function rowOf({ room }: Pick<Ports, 'room'>, message: Found): Promise<ResponseRow> {
  const { text, replyClass, answer, createdAt: at, conversation } = message;
  const { channel, threadTs } = conversation ?? { channel: '', threadTs: null };
  const permalink = threadTs === null ? null : await room.permalink({ channel, ts: threadTs });
  return { who: whoOf(message), text, replyClass: replyClass ?? 'unexpected', answer, at, permalink };
}

const HEADER = ['Patient', 'Patient ID', 'Phone (last four)', 'Class', 'Answer', 'Reply', 'Received', 'Send'];

/**
 * All replies as a CSV, handed to the one who asks in their DM with the app. On the record, with how many there were.
 * @throws AppError FORBIDDEN
 */
export async function downloadResponses(
  ports: Ports,
  { actor, filter, campaignId }: Omit<ResponsesQuery, 'page'>,
): Promise<number> {
  await requireRight(ports, actor, 'responses.download');
  const rows: string[][] = [HEADER];
  const which = campaignId === null ? {} : { campaignId };
  for (let skip = 0; ; skip += 1000) {
    const batch = await ports.store.responses.page({ ...which, classes: CLASSES[filter], skip, take: 1000 });
    rows.push(...batch.map(csvRow));
    if (batch.length < 1000) break;
  }
  const at = ports.clock.now();
  const name = `responses-${campaignId === null ? 'all' : `send-${campaignId}`}-${at.toISOString().slice(0, 10)}.csv`;
  const count = rows.length - 1;
  await ports.store.transaction((tx) =>
    tx.audit.append({
      at,
      actor,
      action: 'responses.download',
      subject: campaignId === null ? 'responses' : `campaign:${campaignId}`,
      detail: { count, filter },
    }),
  );
  await ports.room.giveFile(actor, {
    name,
    content: Buffer.from(writeCsv(rows)),
    comment: `${count} ${count === 1 ? 'reply' : 'replies'}, for your eyes only. Delete the file when you have used it.`,
  });
  return count;
}

const csvRow = (message: Found): string[] => [
  whoOf(message),
  message.patient ? maskedId(message.patient.externalId, message.patient.phone) : '',
  message.phone.slice(-4),
  message.replyClass ?? '',
  message.answer ?? '',
  message.text,
  message.createdAt.toISOString(),
  message.answersCampaign?.templateVersion.template.name ?? '',
];
