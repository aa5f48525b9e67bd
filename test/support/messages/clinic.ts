import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Log } from '../../../src/log';
import { FrontDoor } from '../../../src/usecases/front-door';
import { openStore, type Store } from '../../../src/store/store';
import { seedCampaign } from '../seed';
import { ConversationsSetting } from '../../../src/usecases/settings/conversations';
import { TextingHoursSetting } from '../../../src/usecases/settings/texting-hours';
import type { Clock, Ports, SendOutcome, SmsGateway, SmsRecord, SmsRequest } from '../../../src/usecases/ports';

/** What Twilio has on its books in these tests. */
export interface Held extends SmsRequest {
  readonly sid: string;
  readonly createdAt: Date;
  status: string;
  errorCode: number | null;
}

/**
 * A Twilio in memory, as the use cases see it. `answer` decides what becomes of a call: whether Twilio takes the text,
 * and what we hear of it.
 */
export class FakeTwilio implements SmsGateway {
  readonly held: Held[] = [];
  readonly calls: SmsRequest[] = [];
  /** Twilio's clock minus ours, in ms. */
  skewMs = 0;
  /** What the list does not show yet. */
  readonly unlisted = new Set<string>();
  answer: (request: SmsRequest) => SendOutcome | Promise<SendOutcome> = (request) => this.accept(request);

  constructor(private readonly clock: Clock) {}

  take(request: SmsRequest): Held {
    const createdAt = new Date(this.clock.now().getTime() + this.skewMs);
    const sid = `SM${String(this.held.length + 1).padStart(32, '0')}`;
    const message: Held = { ...request, sid, createdAt, status: 'queued', errorCode: null };
    this.held.push(message);
    return message;
  }

  accept(request: SmsRequest): SendOutcome {
    return { kind: 'accepted', sid: this.take(request).sid, status: 'queued', errorCode: null };
  }

  async send(request: SmsRequest): Promise<SendOutcome> {
    this.calls.push(request);
    return this.answer(request);
  }

  async fetch(sid: string): Promise<SmsRecord | null> {
    const found = this.held.find((message) => message.sid === sid);
    return found ? recordOf(found) : null;
  }

  async cancel(sid: string): Promise<string | null> {
    const found = this.held.find((message) => message.sid === sid);
    if (found?.status !== 'queued') return null;
    found.status = 'canceled';
    return found.status;
  }

  async list({ to, limit }: { to?: string; limit: number }): Promise<SmsRecord[]> {
    return this.held
      .filter((message) => (to === undefined || message.to === to) && !this.unlisted.has(message.sid))
      .map(recordOf)
      .reverse()
      .slice(0, limit);
  }

  async listOutbound(since: Date, wanted: (to: string) => boolean): Promise<SmsRecord[]> {
    const shown = this.held.filter(
      ({ sid, to, createdAt }) => !this.unlisted.has(sid) && createdAt >= since && wanted(to),
    );
    return shown.map(recordOf);
  }

  redact(sid: string): Promise<void> {
    const index = this.held.findIndex((message) => message.sid === sid);
    const [message] = index === -1 ? [] : this.held.splice(index, 1);
    if (message) this.held.splice(index, 0, { ...message, text: '' });
    return Promise.resolve();
  }

  fetchMedia: SmsGateway['fetchMedia'] = () => Promise.resolve({ kind: 'later' });
  listInbound: SmsGateway['listInbound'] = () => Promise.resolve([]);
  check = (): Promise<void> => Promise.resolve();
}

const recordOf = ({ sid, to, text, status, errorCode, createdAt }: Held): SmsRecord => ({
  sid,
  direction: 'outbound',
  from: '+15005550006',
  to,
  text,
  status,
  errorCode,
  createdAt,
  mediaCount: 0,
});

const NOBODY = (): never => {
  throw new Error('these tests have no Slack');
};

const quiet = (): void => undefined;
const SILENT: Log = { error: quiet, warn: quiet, info: quiet };

interface CampaignOptions {
  readonly text?: string;
  readonly atClose?: 'CARRY_OVER' | 'EXPIRE';
}

export interface TestClinic {
  readonly ports: Ports;
  readonly store: Store;
  readonly twilio: FakeTwilio;
  readonly clock: { now(): Date; set(at: Date): void; advance(ms: number): void };
  /** A running campaign that texts these numbers; `messages` are in that order. */
  /** The database, for faults to be put in. */
  readonly file: string;
  campaign(phones: readonly string[], options?: CampaignOptions): Promise<{ id: number; messages: number[] }>;
  /** A 1-to-1 text that waits in the queue. */
  text(phone: string, text: string): Promise<number>;
  state(id: number): Promise<string>;
  close(): Promise<void>;
}

export const NOON = new Date('2026-03-03T17:00:00Z');

/** The use cases over a real database in a file of its own, with a Twilio in memory. Open all day unless told otherwise. */
export async function openClinic({ at = NOON, hours = '00:00-24:00' } = {}): Promise<TestClinic> {
  const folder = mkdtempSync(join(tmpdir(), 'carethread-'));
  const file = join(folder, 'test.db');
  const { store } = openStore(`file:${file}`);
  // It goes on by itself, like any clock, and can be put forward.
  let offset = at.getTime() - performance.now();
  let texts = 0;
  const clock = {
    now: () => new Date(offset + performance.now()),
    set: (to: Date) => void (offset = to.getTime() - performance.now()),
    advance: (ms: number) => void (offset += ms),
  };
  const twilio = new FakeTwilio(clock);
  const noWake = { dispatch: quiet, inbound: quiet, posts: quiet, freeze: quiet, threads: quiet };
  const ports: Ports = {
    store,
    imports: new Proxy({}, { get: NOBODY }) as Ports['imports'],
    sms: twilio,
    clock,
    log: SILENT,
    examine: NOBODY,
    wake: noWake,
    door: new FrontDoor(),
    room: new Proxy({}, { get: NOBODY }) as Ports['room'],
    directory: { roles: NOBODY },
    clinic: {
      name: 'Riverbend Clinic',
      phone: undefined,
      timeZone: 'America/New_York',
      country: 'US',
      textingHours: new TextingHoursSetting(store, hours),
      conversations: new ConversationsSetting(store, 'all'),
      approvalThreshold: 100,
      largeSendThreshold: 1000,
      templateReview: false,
      starterLibrary: () => Promise.resolve({ entries: [], unreadable: [] }),
      rate: 0,
      pricePerSegment: 0.0079,
      mayReveal: true,
      sendsPictures: true,
      channels: { replies: 'C0REPLIES', approvals: 'C0APPROVALS', imports: undefined },
    },
  };
  return {
    ports,
    store,
    file,
    twilio,
    clock,
    campaign: (phones, options) => addCampaign(ports, phones, options),
    text: async (phone, text) => {
      const conversation = await store.conversations.ensure(phone, 'C0REPLIES', clock.now());
      const stored = await store.messages.addOutbound({
        key: `test:${(texts += 1)}`,
        purpose: 'CONVERSATION',
        phone,
        text,
        segments: 1,
        zones: 'America/New_York',
        conversationId: conversation.id,
        createdAt: clock.now(),
        answerableUntil: null,
        sentBy: 'U1',
      });
      return stored?.id ?? 0;
    },
    state: async (id) => (await store.messages.byId(id))?.state ?? 'none',
    close: async () => {
      await store.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function addCampaign(
  { store, clock }: Ports,
  phones: readonly string[],
  { text = 'Your second dose is ready.', atClose = 'CARRY_OVER' }: CampaignOptions = {},
): Promise<{ id: number; messages: number[] }> {
  const patients = phones.map((phone) => ({ phone, zones: 'America/New_York' }));
  const id = await seedCampaign(store, { patients, text, atClose }, clock.now());
  const sent = await Promise.all(phones.map((phone) => store.conversations.campaignText(id, phone)));
  return { id, messages: sent.map((message) => message?.id ?? 0) };
}
