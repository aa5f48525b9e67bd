import type { PrismaClient } from './generated/client';
import { audit } from './audit';
import { campaigns } from './campaigns';
import { conversations } from './conversations';
import { type Db, openDatabase } from './database';
import { groups } from './groups';
import { housekeeping } from './housekeeping';
import { imports } from './imports';
import { messages } from './messages';
import { patients } from './patients';
import { posts } from './posts';
import { queue } from './queue';
import { recipients } from './recipients';
import { reports } from './reports';
import { responses } from './responses';
import { templates } from './templates';

const aggregates = (db: Db) => ({
  audit: audit(db),
  campaigns: campaigns(db),
  conversations: conversations(db),
  groups: groups(db),
  housekeeping: housekeeping(db),
  imports: imports(db),
  messages: messages(db),
  patients: patients(db),
  posts: posts(db),
  queue: queue(db),
  recipients: recipients(db),
  reports: reports(db),
  responses: responses(db),
  templates: templates(db),
});

/** One file per aggregate. Inside a transaction use the one that is handed in, never the outer one: it would wait for ever. */
export type Tx = ReturnType<typeof aggregates>;

export interface Store extends Tx {
  /** All of it or none of it. Keep it short: everything else waits. */
  transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  /** Throws when the database does not work. */
  ping(): Promise<void>;
  close(): Promise<void>;
}

/** @param url `file:<path>` */
export function openStore(url: string): { store: Store; migrated: string[] } {
  const { client, migrated } = openDatabase(url);
  return { store: storeOver(client), migrated };
}

const storeOver = (client: PrismaClient): Store => ({
  ...aggregates(client),
  transaction: (work) => client.$transaction((tx) => work(aggregates(tx))),
  ping: async () => {
    await client.$queryRaw`SELECT 1`;
  },
  close: () => client.$disconnect(),
});
