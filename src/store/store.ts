import type { PrismaClient } from './generated/client';
import { Alerts } from './alerts';
import { Audit } from './audit';
import { Campaigns } from './campaigns';
import { Conversations } from './conversations';
import { type Db, type OpenOptions, openDatabase } from './database';
import { Erasures } from './erasures';
import { Groups } from './groups';
import { GuardRails } from './guard-rails';
import { Housekeeping } from './housekeeping';
import { Imports } from './imports';
import { Messages } from './messages';
import { Outcomes } from './outcomes';
import { Patients } from './patients';
import { Posts } from './posts';
import { Queue } from './queue';
import { Recipients } from './recipients';
import { Reports } from './reports';
import { Restored } from './restored';
import { Retention } from './retention';
import { Reveals } from './reveals';
import { Responses } from './responses';
import { Settings } from './settings';
import { StaffTexts } from './staff-texts';
import { Templates } from './templates';

const aggregates = (db: Db) => ({
  alerts: new Alerts(db),
  audit: new Audit(db),
  campaigns: new Campaigns(db),
  conversations: new Conversations(db),
  erasures: new Erasures(db),
  groups: new Groups(db),
  guardRails: new GuardRails(db),
  housekeeping: new Housekeeping(db),
  imports: new Imports(db),
  messages: new Messages(db),
  outcomes: new Outcomes(db),
  patients: new Patients(db),
  posts: new Posts(db),
  queue: new Queue(db),
  recipients: new Recipients(db),
  reports: new Reports(db),
  responses: new Responses(db),
  restored: new Restored(db),
  retention: new Retention(db),
  reveals: new Reveals(db),
  settings: new Settings(db),
  staffTexts: new StaffTexts(db),
  templates: new Templates(db),
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
export function openStore(url: string, options: OpenOptions = {}): { store: Store; migrated: string[] } {
  const { client, migrated } = openDatabase(url, options);
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
