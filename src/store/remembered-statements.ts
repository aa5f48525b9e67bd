import type Database from 'better-sqlite3';

/** How many a connection keeps: all that the app says over and over, and not each list of another length. */
const KEPT = 300;

type Values = readonly unknown[];

/**
 * Prisma's adapter prepares every statement anew, which is an eighth of the processor's time of a busy app. Here a
 * connection remembers what it prepared. SQLite itself prepares again after the schema has changed.
 */
export function rememberStatements(database: Database.Database): void {
  const prepare = database.prepare.bind(database) as (sql: string) => Database.Statement;
  const known = new Map<string, Remembered>();
  const recall = (sql: string): Remembered => {
    const statement = known.get(sql) ?? new Remembered(prepare(sql));
    // The one used last stands last; the first has gone unused for longest.
    known.delete(sql);
    known.set(sql, statement);
    if (known.size > KEPT) known.delete(known.keys().next().value ?? sql);
    return statement;
  };
  Object.defineProperty(database, 'prepare', { value: recall });
}

/** As much of a statement as the adapter uses. A statement is bound once for all, so values are kept here, and given with each run. */
class Remembered {
  private values: Values = [];
  private known: ReturnType<Database.Statement['columns']> | undefined;

  constructor(private readonly statement: Database.Statement) {}

  get reader(): boolean {
    return this.statement.reader;
  }

  bind(values: Values): this {
    this.values = values;
    return this;
  }

  columns = () => (this.known ??= this.statement.columns());
  run = () => this.statement.run(...this.values);

  raw(): this {
    this.statement.raw();
    return this;
  }

  all = () => this.statement.all(...this.values);
}
