import type { ResponseRow, ResponsesFilter, ResponsesPage, ResponsesSort } from '../../domain/cards/card';
import { maskedId } from '../../domain/masking';
import { writeCsv } from '../../domain/patient-file/csv';
import { maskPhone } from '../../domain/phone-number';
import type { StoredPatient } from '../../store/patients';
import { requireRight } from '../permissions';
import type { Ports } from '../ports';
import { nameOf } from './conversation-cards';

const PAGE = 10;

export interface ResponsesQuery {
  readonly actor: string;
  readonly filter: ResponsesFilter;
  readonly sort: ResponsesSort;
  readonly page: number;
  readonly campaignId: number | null;
}

/** Only of one send can be said who has not answered: where none is named, the newest is meant. */
const sendMeant = async ({ store }: Ports, { filter, campaignId }: Pick<ResponsesQuery, 'filter' | 'campaignId'>) =>
  filter === 'silent' && campaignId === null ? ((await store.responses.newestSend())?.id ?? null) : campaignId;

/** Replies, what needs a person first; or those of whom there is none. @throws AppError FORBIDDEN */
export async function listResponses(ports: Ports, query: ResponsesQuery): Promise<ResponsesPage> {
  const { actor, filter, sort, page } = query;
  await requireRight(ports, actor, 'responses.read');
  const { store } = ports;
  const campaignId = await sendMeant(ports, query);
  const found = await store.responses.page({ campaignId, filter, sort, skip: page * PAGE, take: PAGE + 1 });
  const campaign = campaignId === null ? null : await store.campaigns.byId(campaignId);
  return {
    campaign: campaign ? { id: campaign.id, name: campaign.templateVersion.template.name } : null,
    filter,
    sort,
    page,
    more: found.length > PAGE,
    counts: {
      ...(await store.responses.counts(campaignId)),
      unanswered: await store.responses.count({ campaignId, filter: 'unanswered' }),
      silent: campaign ? await store.responses.count({ campaignId, filter: 'silent' }) : null,
    },
    rows: await rowsOf(ports, found.slice(0, PAGE)),
  };
}

type Found = Awaited<ReturnType<Ports['store']['responses']['page']>>[number];

/** Who may have written: everybody on the number, unless staff have said which of them it was. */
interface Writers {
  readonly who: string;
  readonly one: Found['patient'];
}

function writersOf(message: Found, sharing: readonly StoredPatient[]): Writers {
  const { patient, conversation } = message;
  const isSaid = patient !== null && (!isReply(message) || conversation?.patientId === patient.id);
  const people = isSaid ? [patient] : sharing.length > 0 ? sharing : patient === null ? [] : [patient];
  const [one = null, ...others] = people;
  return {
    who: people.length === 0 ? `Unknown ${maskPhone(message.phone)}` : people.map(nameOf).join(' / '),
    one: others.length > 0 ? null : one,
  };
}

const isReply = ({ direction }: Found): boolean => direction === 'INBOUND';

async function rowsOf({ store, room }: Ports, found: readonly Found[]): Promise<ResponseRow[]> {
  const phones = found.map(({ phone }) => phone);
  const threads = await store.responses.threadsOf(phones);
  const patients = await store.responses.patientsOf(phones);
  return Promise.all(
    found.map(async (message) => {
      const { channel, threadTs } = threads.get(message.phone) ?? { channel: '', threadTs: null };
      return {
        who: writersOf(message, patients.get(message.phone) ?? []).who,
        text: isReply(message) ? message.text : null,
        replyClass: isReply(message) ? (message.replyClass ?? 'unexpected') : 'silent',
        answer: message.answer,
        at: isReply(message) ? message.createdAt : (message.submittedAt ?? message.createdAt),
        permalink: threadTs === null ? null : await room.permalink({ channel, ts: threadTs }),
      };
    }),
  );
}

const HEADER = ['Patient', 'Patient ID', 'Phone (last four)', 'Class', 'Answer', 'Reply', 'Received', 'Send'];

const IN_NAMES = { unexpected: 'unexpected', urgent: 'urgent', unanswered: 'unanswered', silent: 'no-answer' } as const;

/**
 * All replies as a CSV, handed to the one who asks in their DM with the app. On the record, with how many there were.
 * @throws AppError FORBIDDEN
 */
export async function downloadResponses(ports: Ports, query: Omit<ResponsesQuery, 'page'>): Promise<number> {
  const { actor, filter, sort } = query;
  await requireRight(ports, actor, 'responses.download');
  const campaignId = await sendMeant(ports, query);
  const rows: string[][] = [HEADER];
  for (let skip = 0; ; skip += 1000) {
    const batch = await ports.store.responses.page({ campaignId, filter, sort, skip, take: 1000 });
    const patients = await ports.store.responses.patientsOf(batch.map(({ phone }) => phone));
    rows.push(...batch.map((message) => csvRow(message, writersOf(message, patients.get(message.phone) ?? []))));
    if (batch.length < 1000) break;
  }
  const at = ports.clock.now();
  const which = `${campaignId === null ? 'all' : `send-${campaignId}`}${filter === 'all' ? '' : `-${IN_NAMES[filter]}`}`;
  const name = `responses-${which}-${at.toISOString().slice(0, 10)}.csv`;
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
    comment: `${count} ${wordFor(filter, count)}, for your eyes only. Delete the file when you have used it.`,
  });
  return count;
}

const wordFor = (filter: ResponsesFilter, count: number): string => {
  if (filter === 'silent') return count === 1 ? 'patient without an answer' : 'patients without an answer';
  return count === 1 ? 'reply' : 'replies';
};

const csvRow = (message: Found, { who, one }: Writers): string[] => [
  who,
  one ? maskedId(one.externalId, one.phone) : '',
  message.phone.slice(-4),
  isReply(message) ? (message.replyClass ?? '') : 'no answer',
  message.answer ?? '',
  isReply(message) ? message.text : '',
  isReply(message) ? message.createdAt.toISOString() : '',
  (message.answersCampaign ?? message.campaign)?.templateVersion.template.name ?? '',
];
