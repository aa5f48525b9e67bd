/** A clinic for one story: a sandbox of its own, the real app beside it, and a database in a temporary file. */
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { readConfig } from '../../src/config';
import type { Log } from '../../src/log';
import type { SandboxCredentials, SandboxMessage, SubmitAnswer } from '../../src/sandbox/contract';
import { type FieldValue, wordsIn, wordsOf } from '../../src/sandbox/driver/blocks';
import { getJson, postJson, until } from '../../src/sandbox/driver/http';
import type { Person } from '../../src/sandbox/driver/person';
import { SandboxDriver } from '../../src/sandbox/driver/sandbox-driver';
import { type Sandbox, type SandboxSlackOptions, startSandbox } from '../../src/sandbox/start';
import { type RunningApp, startApp } from '../../src/start';
import { csvOf, type Row } from './patient-rows';

export const CHANNELS = {
  outreach: 'C0GENERAL',
  imports: 'C0IMPORTS',
  approvals: 'C0APPROVALS',
  replies: 'C0REPLIES',
} as const;

/** Two in the afternoon in New York on a Tuesday: texting is open from there to Honolulu. */
const TUESDAY_AFTERNOON = '2026-11-24T19:00:00Z';

export interface ClinicOptions {
  /** The clock's first time. */
  readonly now?: string;
  /** Beside the sandbox's own environment. */
  readonly env?: Readonly<Record<string, string>>;
  readonly socketMode?: boolean;
  readonly slack?: SandboxSlackOptions;
  /** Beside the sandbox's own. */
  readonly credentials?: Partial<SandboxCredentials>;
  /** The story breaks something, so that the app may log errors; otherwise one error fails the story when it closes. */
  readonly troubled?: boolean;
}

export interface TemplateWords {
  readonly name: string;
  readonly text: string;
  readonly spanish?: string;
  readonly replies?: string;
}

export interface SendWords {
  readonly template: string;
  readonly groups: readonly string[];
  /** Not given: now. */
  readonly startAt?: Date;
  readonly atClose?: 'goes on next morning' | 'is not sent';
}

/** A row of the audit log. */
export interface AuditLine {
  readonly id: number;
  readonly actor: string;
  readonly action: string;
  readonly subject: string;
  readonly patientId: number | null;
  readonly campaignId: number | null;
  readonly detail: string;
}

export const openClinic = (options: ClinicOptions = {}): Promise<Clinic> => Clinic.open(options);

export class Clinic {
  readonly sender: Person;
  readonly reviewer: Person;
  readonly responder: Person;
  readonly admin: Person;
  /** What the app logged as an error. */
  readonly errors: string[] = [];
  app: RunningApp | undefined;

  private constructor(
    readonly box: SandboxDriver,
    private readonly place: { readonly sandbox: Sandbox; readonly dir: string; readonly port: number },
    private readonly options: ClinicOptions,
  ) {
    this.sender = box.staff('sender');
    this.reviewer = box.staff('reviewer');
    this.responder = box.staff('responder');
    this.admin = box.staff('admin');
  }

  static async open(options: ClinicOptions): Promise<Clinic> {
    const sandbox = await startSandbox({
      startAt: new Date(options.now ?? TUESDAY_AFTERNOON),
      socketMode: options.socketMode ?? false,
      slack: { postPerSecond: 0, ...options.slack },
      ...(options.credentials && { credentials: options.credentials }),
    });
    const dir = mkdtempSync(join(tmpdir(), 'carethread-story-'));
    const place = { sandbox, dir, port: await freePort() };
    const clinic = new Clinic(await SandboxDriver.at(sandbox.address), place, options);
    await clinic.startApp();
    return clinic;
  }

  /** The app's own address. */
  get address(): string {
    return `http://127.0.0.1:${this.place.port}`;
  }

  get databaseUrl(): string {
    return `file:${join(this.place.dir, 'clinic.db')}`;
  }

  get sandbox(): Sandbox {
    return this.place.sandbox;
  }

  /** Starts the app, or starts it again on the same database. Resolves when Slack and Twilio can reach it. */
  async startApp(env: Readonly<Record<string, string>> = {}): Promise<void> {
    const { sandbox, dir, port } = this.place;
    const config = readConfig({
      DATABASE_URL: `file:${join(dir, 'clinic.db')}`,
      CLINIC_NAME: 'Riverbend Clinic',
      CLINIC_PHONE: '617-555-2000',
      TWILIO_RATE: '0',
      PORT: String(port),
      ...sandbox.env,
      ...this.options.env,
      ...env,
    });
    this.app = await startApp(config, this.log());
    if (this.options.socketMode === true) await this.socketIsOpen();
    else await postJson(`${sandbox.address}/slack/control/app`, { requestUrl: `${this.address}/slack/events` });
    const smsUrl = config.TWILIO_INBOUND === 'poll' ? '' : `${this.address}/twilio/inbound`;
    await postJson(`${sandbox.address}/twilio/control/number`, { smsUrl });
  }

  async stopApp(): Promise<void> {
    const { app } = this;
    this.app = undefined;
    await app?.stop();
  }

  /** @throws Error when the app logged errors in a story in which nothing was broken */
  async close(): Promise<void> {
    await this.stopApp();
    await this.place.sandbox.close();
    rmSync(this.place.dir, { recursive: true, force: true });
    if (this.errors.length > 0 && this.options.troubled !== true) {
      throw new Error(`the app logged ${this.errors.length} errors:\n${this.errors.join('\n')}`);
    }
  }

  /** Drops a file into the imports channel. @returns its card once the file is read */
  async drops(content: string | Buffer, name = 'patients.csv', by: Person = this.sender): Promise<SandboxMessage> {
    const { ts } = await by.drops({ name, content: Buffer.from(content) }, CHANNELS.imports);
    const card = await by.reads(name, { channel: CHANNELS.imports, threadTs: ts });
    return this.shows(card, /new,|Nothing to do|not imported/, by);
  }

  /** The whole import: dropped, confirmed, done. */
  async importPatients(patients: string | readonly Row[]): Promise<SandboxMessage> {
    const card = await this.drops(typeof patients === 'string' ? patients : csvOf(patients));
    await this.sender.presses('Confirm', card);
    return this.shows(card, 'is imported');
  }

  /** Fills in and submits the template form. */
  async writes({ name, text, spanish, replies }: TemplateWords): Promise<SubmitAnswer> {
    await this.sender.types('/outreach template new', CHANNELS.outreach);
    return this.sender.submits({
      Name: name,
      Text: text,
      ...(spanish === undefined ? {} : { 'Text in Spanish': spanish }),
      ...(replies === undefined ? {} : { 'Expected replies': replies }),
    });
  }

  /** @returns the card of the saved template */
  async template(words: TemplateWords): Promise<SandboxMessage> {
    const { responseAction, errors } = await this.writes(words);
    if (responseAction !== 'closed') throw new Error(`the template was refused: ${JSON.stringify(errors)}`);
    return this.sender.reads(`“${words.name}”, version 1`, { channel: CHANNELS.outreach });
  }

  /** Fills in and submits the send form. @returns the campaign's card, waiting for "Send now" or "Schedule" */
  async send({ template, groups, startAt, atClose }: SendWords, by: Person = this.sender): Promise<SandboxMessage> {
    const before = (await by.sees()).messages.length;
    await by.types('/outreach send', CHANNELS.outreach);
    const answers: Record<string, FieldValue> = { Template: template, Groups: groups, When: 'Now' };
    if (startAt !== undefined) {
      answers.When = 'At a set time';
      answers[await this.label('Start at', by)] = startAt;
    }
    if (atClose !== undefined) answers['What is not sent by closing time'] = atClose;
    const { responseAction, errors } = await by.submits(answers);
    if (responseAction !== 'closed') throw new Error(`the send was refused: ${JSON.stringify(errors)}`);
    return until('the campaign’s card', async () =>
      (await by.sees()).messages
        .slice(before)
        .find(
          ({ channel, blocks, threadTs }) =>
            channel === CHANNELS.outreach && blocks.length > 0 && threadTs === undefined,
        ),
    );
  }

  /** A field of the form that is open, by how its label begins. */
  async label(beginning: string, by: Person = this.sender): Promise<string> {
    const labels = wordsIn((await by.modal()).view).split('\n');
    const found = labels.find((label) => label.startsWith(beginning));
    if (found === undefined) throw new Error(`no label begins with “${beginning}”: ${labels.join(', ')}`);
    return found;
  }

  /** A send that needs nobody's approval: previewed, and started. */
  async sends(words: SendWords): Promise<SandboxMessage> {
    const card = await this.send(words);
    await this.sender.presses(words.startAt === undefined ? 'Send now' : 'Schedule', card);
    return card;
  }

  /** The newest request in the approvals channel. */
  approvalCard(words: string | RegExp = 'React with ✅'): Promise<SandboxMessage> {
    return this.reviewer.reads(words, { channel: CHANNELS.approvals });
  }

  async approve(by: Person = this.reviewer): Promise<SandboxMessage> {
    const request = await this.approvalCard();
    await by.reacts('white_check_mark', request);
    return request;
  }

  /** Waits until a card, which is updated in place, says this. @throws Error with what it says instead */
  async shows(
    card: Pick<SandboxMessage, 'channel' | 'ts'>,
    words: string | RegExp,
    by: Person = this.sender,
  ): Promise<SandboxMessage> {
    let text = '';
    const look = async (): Promise<SandboxMessage | false> => {
      const now = await by.again(card);
      text = wordsOf(now);
      return (typeof words === 'string' ? text.includes(words) : words.test(text)) && now;
    };
    return until(`a card that says ${String(words)}`, look).catch((error: unknown) => {
      throw new Error(`${String(error)}\nIt says:\n${text}`);
    });
  }

  /** The head card of a conversation: it shows the patient's newest text. */
  thread(words: string | RegExp): Promise<SandboxMessage> {
    return until(`a conversation with ${String(words)}`, async () =>
      (await this.responder.sees()).messages.findLast((message) => {
        const isHead =
          message.channel === CHANNELS.replies &&
          message.isBot &&
          message.threadTs === undefined &&
          message.ephemeralFor === undefined;
        const text = wordsOf(message);
        return isHead && (typeof words === 'string' ? text.includes(words) : words.test(text));
      }),
    );
  }

  /** Writes into a patient's thread. */
  async answers(
    head: SandboxMessage,
    text: string,
    by: Person = this.responder,
  ): Promise<Pick<SandboxMessage, 'channel' | 'ts'>> {
    return { channel: head.channel, ts: await by.says(text, { channel: head.channel, threadTs: head.ts }) };
  }

  /** Waits for the app's mark on a message: `white_check_mark`, `warning`, … */
  marked(message: Pick<SandboxMessage, 'channel' | 'ts'>, name: string): Promise<SandboxMessage> {
    return until(`${name} on a message`, async () => {
      const now = await this.responder.again(message);
      return now.reactions.some((reaction) => reaction.name === name) && now;
    });
  }

  /** The replies in a thread, without its head. */
  async inThread(head: Pick<SandboxMessage, 'channel' | 'ts'>): Promise<SandboxMessage[]> {
    const { messages } = await this.responder.sees();
    return messages.filter(({ channel, threadTs }) => channel === head.channel && threadTs === head.ts);
  }

  /** The audit log, oldest first, as it stands in the database. */
  audit(): AuditLine[] {
    const database = new Database(join(this.place.dir, 'clinic.db'), { readonly: true });
    try {
      return database.prepare<[], AuditLine>('SELECT * FROM AuditEntry ORDER BY id').all();
    } finally {
      database.close();
    }
  }

  /** What Slack has not taken, with why. */
  waitingPosts(): { kind: string; problem: string | null }[] {
    const database = new Database(join(this.place.dir, 'clinic.db'), { readonly: true });
    try {
      const asked = `SELECT kind, problem FROM Post WHERE state <> 'POSTED' OR problem IS NOT NULL`;
      return database.prepare<[], { kind: string; problem: string | null }>(asked).all();
    } finally {
      database.close();
    }
  }

  /** Every row of the database, but what is kept of deliveries and of who works. */
  rows(): Readonly<Record<string, unknown[]>> {
    const database = new Database(join(this.place.dir, 'clinic.db'), { readonly: true });
    try {
      const tables = database
        .prepare<[], { name: string }>(`SELECT name FROM sqlite_schema WHERE type = 'table'`)
        .all();
      const kept = tables.filter(
        ({ name }) => !['SlackEvent', 'Lease', 'Cursor', 'Post', 'sqlite_sequence'].includes(name),
      );
      return Object.fromEntries(kept.map(({ name }) => [name, database.prepare(`SELECT * FROM "${name}"`).all()]));
    } finally {
      database.close();
    }
  }

  /** All texts that phones have received. */
  async received(): Promise<{ number: string; body: string }[]> {
    const phones = await this.box.phones();
    return phones.flatMap(({ number, texts }) =>
      texts.filter(({ direction }) => direction === 'in').map(({ body }) => ({ number, body })),
    );
  }

  get<T>(path: string): Promise<T> {
    return getJson<T>(`${this.sandbox.address}${path}`);
  }

  post<T>(path: string, body: unknown): Promise<T> {
    return postJson<T>(`${this.sandbox.address}${path}`, body);
  }

  private async socketIsOpen(): Promise<void> {
    await until('the app’s WebSocket', async () => {
      const { connections } = await this.get<{ connections: unknown }>('/slack/control/socket');
      return Array.isArray(connections) ? connections.length > 0 : connections !== 0;
    });
  }

  private log(): Log {
    return {
      info: () => undefined,
      warn: () => undefined,
      error: ({ err, ...fields }, message) => {
        const cause = err instanceof Error ? (err.stack ?? err.message) : '';
        this.errors.push(`${message} ${JSON.stringify(fields)} ${cause}`);
      },
    };
  }
}

/** A port that was free a moment ago; the app keeps it over its restarts. */
const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => resolve(port));
    });
  });
