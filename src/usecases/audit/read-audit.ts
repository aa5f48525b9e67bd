import type { AuditPage, AuditQuery, AuditRow } from '../../domain/cards/audit';
import { AppError } from '../../domain/errors';
import { type AuditFilter, readAuditFilter } from '../../domain/audit-filter';
import { auditDetail, auditSubject, auditWords } from '../../domain/audit-words';
import { maskedName } from '../../domain/masking';
import { writeCsv } from '../../domain/patient-file/csv';
import { maskPhone, parsePhoneNumber } from '../../domain/phone-number';
import { requireRight } from '../permissions';
import type { Ports } from '../ports';

type Wanted = Parameters<Ports['store']['audit']['page']>[0];
type Entry = Awaited<ReturnType<Ports['store']['audit']['page']>>[number];

const PAGE = 15;

/** Understands what was typed after `/outreach audit`. @throws AppError FORBIDDEN, AUDIT_FILTER, WHICH_PATIENT */
export async function auditQuery(
  ports: Ports,
  { actor, words }: { actor: string; words: string },
): Promise<AuditQuery> {
  await requireRight(ports, actor, 'audit.read');
  const filter = readAuditFilter(words, { now: ports.clock.now(), timeZone: ports.clinic.timeZone });
  const { patient, from, to, ...others } = filter;
  return {
    ...others,
    ...(from && { from: from.getTime() }),
    ...(to && { to: to.getTime() }),
    ...(patient !== undefined && { patientId: await patientIn(ports, patient) }),
    page: 0,
  };
}

async function patientIn({ store, clinic }: Ports, words: NonNullable<AuditFilter['patient']>): Promise<number> {
  const number = parsePhoneNumber(words, clinic.country);
  const found = number.ok ? await store.patients.byPhone(number.e164) : await store.patients.find(words, 2);
  const [one] = found;
  if (one && found.length === 1) return one.id;
  throw new AppError('WHICH_PATIENT', {
    message: 'none or several patients match',
    userMessage: one
      ? 'Several patients match. Use the patient id: /outreach patient shows it.'
      : 'Nobody is found by that. Write the patient last: /outreach audit today patient 1001',
  });
}

/** A page of the record, newest first. @throws AppError FORBIDDEN */
export async function readAudit(ports: Ports, query: AuditQuery, actor: string): Promise<AuditPage> {
  await requireRight(ports, actor, 'audit.read');
  const wanted = await wantedBy(ports, query);
  const { audit } = ports.store;
  const entries = await audit.page(wanted, { skip: query.page * PAGE, take: PAGE });
  const all = await audit.count(wanted);
  const rows = await Promise.all(entries.map((entry) => rowOf(ports, entry)));
  return { query, all, rows, more: (query.page + 1) * PAGE < all, timeZone: ports.clinic.timeZone };
}

async function wantedBy({ store }: Ports, query: AuditQuery): Promise<Wanted> {
  const { actor, campaignId, action, from, to, patientId } = query;
  const patient = patientId === undefined ? null : await store.patients.byId(patientId);
  return {
    actor,
    campaignId,
    action,
    ...(from !== undefined && { from: new Date(from) }),
    ...(to !== undefined && { to: new Date(to) }),
    ...(patientId !== undefined && { patient: { id: patientId, phone: patient?.phone ?? '' } }),
  };
}

async function rowOf(ports: Pick<Ports, 'store'>, entry: Entry): Promise<AuditRow> {
  const { id, at, actor, action, subject, detail } = entry;
  const whom = await whomOf(ports, entry);
  return {
    id,
    at,
    actor,
    words: auditWords(action, actor),
    subject: auditSubject(subject),
    whom,
    detail: auditDetail(detail),
  };
}

/** Masked: the record holds ids only, and whoever reads it need not look them up. */
async function whomOf({ store }: Pick<Ports, 'store'>, { subject, patientId }: Entry): Promise<string | null> {
  const [kind, id] = subject.split(':');
  if (patientId !== null) {
    const patient = await store.patients.byId(patientId);
    return patient && maskedName(patient.firstName, patient.lastName);
  }
  if (kind === 'conversation') {
    const conversation = await store.conversations.byId(Number(id));
    return conversation && maskPhone(conversation.phone);
  }
  if (kind !== 'message') return null;
  const message = await store.messages.byId(Number(id));
  return message && maskPhone(message.phone);
}

const HEADER = ['Row', 'Time (UTC)', 'Who', 'Action', 'In words', 'Subject', 'Patient', 'Send', 'Details', 'Hash'];

/**
 * All that a query finds as a CSV, for the one who asks, in their DM with the app. On the record itself.
 * @throws AppError FORBIDDEN
 */
export async function downloadAudit(ports: Ports, query: AuditQuery, actor: string): Promise<number> {
  await requireRight(ports, actor, 'audit.read');
  const wanted = await wantedBy(ports, query);
  const rows: string[][] = [HEADER];
  for (let skip = 0; ; skip += 1000) {
    const batch = await ports.store.audit.page(wanted, { skip, take: 1000 });
    rows.push(...batch.map(csvRow));
    if (batch.length < 1000) break;
    await new Promise((resolve) => setImmediate(resolve));
  }
  const at = ports.clock.now();
  const count = rows.length - 1;
  const { page: _page, ...filter } = query;
  await ports.store.transaction((tx) =>
    tx.audit.append({ at, actor, action: 'audit.download', subject: 'audit', detail: { count, ...filter } }),
  );
  await ports.room.giveFile(actor, {
    name: `audit-${at.toISOString().slice(0, 10)}.csv`,
    content: Buffer.from(writeCsv(rows)),
    comment: `${count} ${count === 1 ? 'row' : 'rows'} of the record, for your eyes only.`,
  });
  return count;
}

const csvRow = ({ id, at, actor, action, subject, patientId, campaignId, detail, hash }: Entry): string[] => [
  String(id),
  at.toISOString(),
  actor,
  action,
  auditWords(action, actor),
  subject,
  patientId === null ? '' : String(patientId),
  campaignId === null ? '' : String(campaignId),
  detail,
  hash,
];

/** Said to the log every hour: a log that is kept elsewhere then shows whether rows were cut off the end later. */
export async function logAuditHead({ store, log }: Pick<Ports, 'store' | 'log'>): Promise<void> {
  const head = await store.audit.head();
  if (head) log.info({ auditRow: head.id, auditHash: head.hash }, 'the last row of the audit log');
}
