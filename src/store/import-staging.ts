import type Database from 'better-sqlite3';
import { openBulkConnection } from './bulk-connection';
import type { DatabasePlace } from './connection';
import type { Patient, RowOutcome } from './generated/client';

/** A patient as confirming will write it. */
export interface PatientToWrite {
  readonly kind: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly phone: string;
  readonly language: string | null;
  readonly zip: string | null;
  readonly state: string | null;
  readonly timeZone: string | null;
  readonly zones: string;
  readonly zonesFrom: string;
  readonly fields: string;
  /** Names of groups that the patient is put into. */
  readonly groups: readonly string[];
  /** Keys of groups that the patient is taken out of, by `--` or because the file's groups take their place. */
  readonly leaves: readonly string[];
  readonly optedOut: boolean;
}

/** A patient in our books who is in the file. */
export interface Known {
  readonly patient: Omit<Patient, 'createdAt' | 'updatedAt'>;
  /** By key, the names of the patient's groups. */
  readonly groups: ReadonlyMap<string, string>;
  /** Of the number that we have. */
  readonly optedOut: boolean;
}

export interface StagedRow {
  readonly line: number;
  readonly outcome: RowOutcome;
  readonly reason?: string | undefined;
  /** As they came: for the file of rows that were left out. */
  readonly cells?: readonly string[] | undefined;
  readonly externalId?: string | undefined;
  /** The id, or the number, may be further up in the file. */
  readonly suspect?: { readonly id: boolean; readonly phone: boolean };
  readonly patient?: PatientToWrite | undefined;
  readonly before?: Known | undefined;
}

/** Numbers that several patients of a file share: how many, and a few, each with its lines. */
export interface SharedNumbers {
  readonly count: number;
  readonly samples: readonly { readonly phone: string; readonly lines: readonly number[] }[];
}

/** Rows whose id is further up in the file. */
export interface Twice {
  /** By what they were taken for; with the first of their lines. */
  readonly rows: readonly {
    readonly was: 'NEW' | 'CHANGED' | 'UNCHANGED';
    readonly idIsPhone: boolean;
    readonly count: number;
    readonly optedOut: number;
    readonly leaving: number;
    readonly lines: readonly number[];
  }[];
  /** Which of these lines are among them. */
  readonly among: (lines: readonly number[]) => ReadonlySet<number>;
}

type Reason = (firstLine: number, idIsPhone: boolean) => string;

export const PATIENT_COLUMNS =
  'kind, firstName, lastName, phone, language, zip, state, timeZone, zones, zonesFrom, fields';
const TAKEN = `('NEW', 'CHANGED', 'UNCHANGED')`;
/** Rows a write: some 10 ms, in which others wait. */
const PER_WRITE = 1_000;

/**
 * The rows of one import while its file is read: compared with our books, staged, and at the end checked for ids that are
 * in the file twice. A million rows take no more memory than a thousand.
 */
export class ImportStaging {
  private readonly db: Database.Database;
  private readonly add: Database.Statement;
  private readonly lookUp: Database.Statement<[string], KnownRow>;
  private readonly suspectId: Database.Statement;
  private readonly suspectPhone: Database.Statement;

  constructor(
    place: DatabasePlace,
    private readonly importId: number,
  ) {
    this.db = openBulkConnection(place);
    this.db.exec(`
      CREATE TEMP TABLE SuspectId (externalId TEXT PRIMARY KEY) WITHOUT ROWID;
      CREATE TEMP TABLE SuspectPhone (phone TEXT PRIMARY KEY) WITHOUT ROWID;
      CREATE TEMP TABLE Twice (line INTEGER PRIMARY KEY, first INTEGER, was TEXT, idIsPhone INTEGER, optedOut INTEGER, leaves INTEGER);`);
    this.suspectId = this.db.prepare('INSERT OR IGNORE INTO SuspectId VALUES (?)');
    this.suspectPhone = this.db.prepare('INSERT OR IGNORE INTO SuspectPhone VALUES (?)');
    this.lookUp = this.db.prepare(LOOK_UP);
    this.add = this.db.prepare(`
      INSERT INTO ImportRow (importId, line, outcome, reason, cells, externalId, before, ${PATIENT_COLUMNS}, groups, leaves, optedOut)
      VALUES (${importId}, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`);
  }

  /** Which of these ids are in our books. Uses the unique index on externalId. */
  known(externalIds: readonly string[]): Map<string, Known> {
    const rows = this.lookUp.all(JSON.stringify(externalIds));
    return new Map(
      rows.map(({ groups, optedOut, ...patient }) => [
        patient.externalId,
        { patient, groups: new Map(JSON.parse(groups) as [string, string][]), optedOut: optedOut === 1 },
      ]),
    );
  }

  stage(rows: readonly StagedRow[]): void {
    for (let from = 0; from < rows.length; from += PER_WRITE) {
      const batch = rows.slice(from, from + PER_WRITE);
      this.db.transaction(() => batch.forEach((row) => this.stageOne(row))).immediate();
    }
  }

  private stageOne({ line, outcome, reason, cells, externalId, suspect, patient, before }: StagedRow): void {
    if (suspect?.id === true) this.suspectId.run(externalId);
    if (suspect?.phone === true) this.suspectPhone.run(patient?.phone);
    const written = patient && outcome !== 'UNCHANGED' ? patient : undefined;
    this.add.run(
      line,
      outcome,
      reason ?? null,
      cells ? JSON.stringify(cells) : null,
      externalId ?? null,
      before && outcome === 'CHANGED'
        ? JSON.stringify({ ...before.patient, groupKeys: [...before.groups.keys()] })
        : null,
      written?.kind ?? null,
      written?.firstName ?? null,
      written?.lastName ?? null,
      patient?.phone ?? null,
      written?.language ?? null,
      written?.zip ?? null,
      written?.state ?? null,
      written?.timeZone ?? null,
      written?.zones ?? null,
      written?.zonesFrom ?? null,
      written?.fields ?? null,
      written ? JSON.stringify(written.groups) : null,
      written && written.leaves.length > 0 ? JSON.stringify(written.leaves) : null,
      patient?.optedOut === true ? 1 : 0,
    );
  }

  /** Of rows with the same id the first counts. One pass over the rows, if there is any suspect at all. */
  settleDuplicates(reason: Reason): Twice {
    const { db, importId } = this;
    if (db.prepare('SELECT 1 FROM SuspectId LIMIT 1').get()) {
      db.exec(`
        CREATE TEMP TABLE First AS SELECT externalId, min(line) AS line FROM ImportRow
          WHERE importId = ${importId} AND outcome IN ${TAKEN} AND externalId IN (SELECT externalId FROM SuspectId)
          GROUP BY externalId HAVING count(*) > 1;
        CREATE UNIQUE INDEX temp.FirstId ON First (externalId);
        INSERT INTO Twice
          SELECT r.line, f.line, r.outcome, r.externalId = r.phone, r.optedOut, r.leaves IS NOT NULL
          FROM ImportRow r JOIN First f USING (externalId)
          WHERE r.importId = ${importId} AND r.outcome IN ${TAKEN} AND r.line > f.line;`);
      this.mark(reason);
    }
    const among = db.prepare<[string], { line: number }>(
      'SELECT line FROM Twice WHERE line IN (SELECT value FROM json_each(?))',
    );
    return {
      rows: this.twice(),
      among: (lines) => new Set(among.all(JSON.stringify(lines)).map(({ line }) => line)),
    };
  }

  private twice(): Twice['rows'] {
    const kinds = this.db
      .prepare<[], Omit<Twice['rows'][number], 'idIsPhone' | 'lines'> & { idIsPhone: number }>(
        `SELECT was, idIsPhone, count(*) AS count, sum(optedOut) AS optedOut, sum(leaves) AS leaving
         FROM Twice GROUP BY was, idIsPhone`,
      )
      .all();
    const first = this.db.prepare<[string, number], { line: number }>(
      'SELECT line FROM Twice WHERE was = ? AND idIsPhone = ? ORDER BY line LIMIT 5',
    );
    return kinds.map((kind) => ({
      ...kind,
      idIsPhone: kind.idIsPhone === 1,
      lines: first.all(kind.was, kind.idIsPhone).map(({ line }) => line),
    }));
  }

  private mark(reason: Reason): void {
    const next = this.db.prepare<[number], { line: number; first: number; idIsPhone: number }>(
      `SELECT line, first, idIsPhone FROM Twice WHERE line > ? ORDER BY line LIMIT ${PER_WRITE}`,
    );
    const change = this.db.prepare(
      `UPDATE ImportRow SET outcome = 'DUPLICATE', reason = ?, before = NULL WHERE importId = ${this.importId} AND line = ?`,
    );
    for (let rows = next.all(0); rows.length > 0; rows = next.all(rows.at(-1)?.line ?? 0)) {
      this.db
        .transaction(() => {
          for (const { line, first, idIsPhone } of rows) change.run(reason(first, idIsPhone === 1), line);
        })
        .immediate();
    }
  }

  /** Numbers that several patients of the file share. One pass over the rows, if there is any suspect at all. */
  sharedNumbers(samples: number): SharedNumbers {
    const { db, importId } = this;
    if (!db.prepare('SELECT 1 FROM SuspectPhone LIMIT 1').get()) return { count: 0, samples: [] };
    db.exec(`
      CREATE TEMP TABLE Shared AS SELECT phone, min(line) AS line FROM ImportRow
        WHERE importId = ${importId} AND outcome IN ${TAKEN} AND phone IN (SELECT phone FROM SuspectPhone)
        GROUP BY phone HAVING count(*) > 1`);
    const count = db.prepare<[], { n: number }>('SELECT count(*) AS n FROM Shared').get()?.n ?? 0;
    const rows = db
      .prepare<[number], { phone: string; lines: string }>(
        `SELECT s.phone, json_group_array(r.line ORDER BY r.line) AS lines FROM (SELECT * FROM Shared ORDER BY line LIMIT ?) s
         JOIN ImportRow r ON r.phone = s.phone AND r.importId = ${importId} AND r.outcome IN ${TAKEN} GROUP BY s.phone`,
      )
      .all(samples);
    return { count, samples: rows.map(({ phone, lines }) => ({ phone, lines: JSON.parse(lines) as number[] })) };
  }

  /** Columns that somebody chose for a file with this header, JSON; null when nobody did. */
  rememberedColumns(header: string): string | null {
    const find = this.db.prepare<[string], { mapping: string }>('SELECT mapping FROM ColumnMapping WHERE header = ?');
    return find.get(header)?.mapping ?? null;
  }

  close(): void {
    this.db.close();
  }
}

type KnownRow = Known['patient'] & {
  readonly groups: string;
  readonly optedOut: number;
};

const LOOK_UP = `
  SELECT p.id, p.externalId, ${PATIENT_COLUMNS.split(', ')
    .map((name) => `p.${name}`)
    .join(', ')},
    (SELECT json_group_array(json_array(g.key, g.name)) FROM GroupMember m JOIN "Group" g ON g.id = m.groupId WHERE m.patientId = p.id) AS groups,
    EXISTS (SELECT 1 FROM Phone f WHERE f.number = p.phone AND f.optedOutAt IS NOT NULL) AS optedOut
  FROM json_each(?) wanted JOIN Patient p ON p.externalId = wanted.value`;
