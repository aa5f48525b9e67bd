import type Database from 'better-sqlite3';
import { chained } from './audit-chain';

/** Numbers a write: each row of the record waits for the one before. */
const PER_WRITE = 500;

/**
 * Puts on the record whom an import has opted out: a row a patient, also of others on the number. What stands there
 * already is not written again, so it goes on after whatever died. Phone holds only numbers with something the matter;
 * patients are found by their index on phone, rows of the record by the one on patientId. CROSS JOIN keeps SQLite from
 * walking through all patients instead, while everybody waits to write.
 */
export function recordOptOuts(db: Database.Database, importId: number, at: Date): void {
  const numbers = db.prepare<unknown[], { number: string }>(
    `SELECT number FROM Phone WHERE number > @after AND optedOutVia = 'file' AND optedOutAt = @at
     ORDER BY number LIMIT ${PER_WRITE}`,
  );
  const next = db.prepare<unknown[], { id: number }>(
    `SELECT p.id FROM json_each(@numbers) f CROSS JOIN Patient p ON p.phone = f.value
     WHERE NOT EXISTS (
       SELECT 1 FROM AuditEntry a WHERE a.patientId = p.id AND a.action = 'phone.opt_out' AND a.at = @at)
     ORDER BY p.id`,
  );
  const by = db.prepare<unknown[], { actor: string }>(
    'SELECT coalesce(decidedBy, requestedBy) AS actor FROM Import WHERE id = ?',
  );
  const actor = by.get(importId)?.actor ?? 'app';
  const record = db.transaction((some: readonly string[]) => {
    const patients = next.all({ at: at.getTime(), numbers: JSON.stringify(some) });
    append(db, patients, { importId, at, actor });
  });
  for (let after = ''; ;) {
    const some = numbers.all({ at: at.getTime(), after }).map(({ number }) => number);
    const last = some.at(-1);
    if (last === undefined) return;
    record.immediate(some);
    after = last;
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
