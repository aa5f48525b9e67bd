import type Database from 'better-sqlite3';
import { chained } from './audit-chain';

/** Rows of the record a write: each waits for the one before. */
const PER_WRITE = 500;

/**
 * Puts on the record whom an import has opted out: a row a patient, also of others on the number. What stands there
 * already is not written again, so it goes on after whatever died. Phone holds only numbers with something the matter;
 * patients are found by their index on phone, rows of the record by the one on patientId.
 */
export function recordOptOuts(db: Database.Database, importId: number, at: Date): void {
  const next = db.prepare<unknown[], { id: number }>(
    `SELECT p.id FROM Phone f JOIN Patient p ON p.phone = f.number
     WHERE f.optedOutVia = 'file' AND f.optedOutAt = @at AND p.id > @after AND NOT EXISTS (
       SELECT 1 FROM AuditEntry a WHERE a.patientId = p.id AND a.action = 'phone.opt_out' AND a.at = @at)
     ORDER BY p.id LIMIT ${PER_WRITE}`,
  );
  const by = db.prepare<unknown[], { actor: string }>(
    'SELECT coalesce(decidedBy, requestedBy) AS actor FROM Import WHERE id = ?',
  );
  const actor = by.get(importId)?.actor ?? 'app';
  for (let after = 0; ;) {
    const patients = db
      .transaction((from: number) => {
        const found = next.all({ at: at.getTime(), after: from });
        append(db, found, { importId, at, actor });
        return found;
      })
      .immediate(after);
    after = patients.at(-1)?.id ?? after;
    if (patients.length < PER_WRITE) return;
  }
}

function append(
  db: Database.Database,
  patients: readonly { id: number }[],
  { importId, at, actor }: { importId: number; at: Date; actor: string },
): void {
  const head = db.prepare<unknown[], { hash: string }>('SELECT hash FROM AuditEntry ORDER BY id DESC LIMIT 1');
  const add = db.prepare(
    `INSERT INTO AuditEntry (at, actor, action, subject, patientId, campaignId, detail, prevHash, hash)
     VALUES (@at, @actor, @action, @subject, @patientId, @campaignId, @detail, @prevHash, @hash)`,
  );
  let prevHash = head.get()?.hash ?? null;
  for (const { id } of patients) {
    const change = { before: { optedOut: false }, after: { optedOut: true }, importId };
    const record = { at, actor, action: 'phone.opt_out', subject: `patient:${id}`, patientId: id, detail: change };
    const row = chained(record, prevHash);
    add.run({ ...row, at: at.getTime() });
    prevHash = row.hash;
  }
}
