import Database from 'better-sqlite3';
import fc from 'fast-check';
import { rememberStatements } from '../../../src/store/remembered-statements';

/** A statement as Prisma's adapter uses one. */
const ask = (db: Database.Database, sql: string, values: readonly unknown[]): unknown => {
  const statement = db.prepare(sql).bind(values);
  if (!statement.reader) return statement.run().changes;
  return { columns: statement.columns().map(({ name }) => name), rows: statement.raw().all() };
};

const STATEMENTS = [
  ['INSERT INTO T (a, b) VALUES (?, ?)', 2],
  ['SELECT a, b FROM T WHERE a = ?', 1],
  ['SELECT count(*) AS n FROM T', 0],
  ['UPDATE T SET b = ? WHERE a = ? RETURNING id', 2],
  ['DELETE FROM T WHERE b = ?', 1],
] as const;

const open = (): Database.Database => {
  const db = new Database(':memory:');
  db.exec('CREATE TABLE T (id INTEGER PRIMARY KEY, a INTEGER, b TEXT)');
  return db;
};

test('a connection that remembers its statements answers like one that prepares each anew', () => {
  const call = fc.tuple(fc.constantFrom(...STATEMENTS), fc.integer({ min: 0, max: 3 }), fc.integer({ min: 0, max: 3 }));
  fc.assert(
    fc.property(fc.array(call, { maxLength: 30 }), (calls) => {
      const [plain, remembering] = [open(), open()];
      rememberStatements(remembering);
      for (const [[sql, count], a, b] of calls) {
        const values = [a, b].slice(0, count);
        expect(ask(remembering, sql, values)).toEqual(ask(plain, sql, values));
      }
      plain.close();
      remembering.close();
    }),
  );
});

test('a statement that failed works with other values', () => {
  const db = open();
  rememberStatements(db);
  db.exec('CREATE UNIQUE INDEX one ON T (a)');
  const add = (a: number): unknown => ask(db, 'INSERT INTO T (a, b) VALUES (?, ?)', [a, 'x']);
  add(1);
  expect(() => add(1)).toThrow('UNIQUE');
  expect(add(2)).toBe(1);
});

test('more statements than it keeps are all answered', () => {
  const db = open();
  rememberStatements(db);
  for (let round = 0; round < 2; round += 1)
    for (let i = 0; i < 400; i += 1) expect(ask(db, `SELECT ${i} AS n`, [])).toEqual({ columns: ['n'], rows: [[i]] });
});
