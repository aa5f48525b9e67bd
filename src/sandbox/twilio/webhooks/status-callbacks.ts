/** Tells the app what becomes of each message: in order, or repeated and backwards when that is asked for. */
import { Fifo } from '../core/fifo';
import { isFinal } from '../core/record';
import type { MessageRecord, Status } from '../core/record';
import type { Settings } from '../core/settings';
import type { WebhookClient } from './client';
import type { Params } from './signature';

interface Snapshot {
  readonly status: Status;
  readonly errorCode: number | null;
  readonly at: number;
}

interface Outbox {
  readonly snapshots: Snapshot[];
  busy: boolean;
}

const AT_ONCE = 64;

/** YYMMDDhhmm, the carrier's own stamp. */
const doneDate = (at: number): string => new Date(at).toISOString().slice(2, 16).replace(/\D/g, '');

export class StatusCallbacks {
  private readonly outboxes = new Map<MessageRecord, Outbox>();
  private readonly ready = new Fifo<MessageRecord>();
  private inFlight = 0;
  private closed = false;
  sent = 0;

  constructor(
    private readonly client: WebhookClient,
    private readonly accountSid: string,
    private readonly settings: () => Settings,
  ) {}

  get waiting(): number {
    return this.outboxes.size;
  }

  /** Called with every change of status but the first. */
  notify(record: MessageRecord, status: Status, at: number): void {
    const settings = this.settings();
    if (record.statusCallback === null || settings.callbacksOff) return;
    if (status === 'sending' && !settings.sendingCallbacks) return;
    const outbox = this.outboxes.get(record) ?? { snapshots: [], busy: false };
    this.outboxes.set(record, outbox);
    outbox.snapshots.push({ status, errorCode: record.errorCode, at });
    if (settings.callbacksShuffled) {
      if (!isFinal(status)) return;
      outbox.snapshots.reverse();
    }
    if (outbox.busy) return;
    outbox.busy = true;
    this.ready.push(record);
    this.pump();
  }

  close(): void {
    this.closed = true;
  }

  private pump(): void {
    while (!this.closed && this.inFlight < AT_ONCE) {
      const record = this.ready.shift();
      if (record === undefined) return;
      this.inFlight += 1;
      void this.sendNext(record).finally(() => {
        this.inFlight -= 1;
        this.pump();
      });
    }
  }

  /** One status at a time for each message, so that the order is the true one unless it was asked to be otherwise. */
  private async sendNext(record: MessageRecord): Promise<void> {
    const outbox = this.outboxes.get(record);
    const snapshot = outbox?.snapshots.shift();
    if (outbox === undefined || snapshot === undefined || record.statusCallback === null) return;
    const call = { url: record.statusCallback, params: this.params(record, snapshot) };
    for (let copies = this.settings().callbackCopies; copies >= 1 && !this.closed; copies -= 1) {
      await this.client.post(call);
      this.sent += 1;
    }
    if (outbox.snapshots.length > 0) return this.ready.push(record);
    this.outboxes.delete(record);
  }

  /** Assigned one by one: copying objects about costs more here than making the signature. */
  private params(record: MessageRecord, snapshot: Snapshot): Params {
    const { status, errorCode, at } = snapshot;
    const params: Record<string, string> = {
      ApiVersion: '2010-04-01',
      AccountSid: this.accountSid,
      MessageSid: record.sid,
      MessageStatus: status,
      SmsSid: record.sid,
      SmsStatus: status,
      From: record.from,
      To: record.to,
    };
    if (record.messagingServiceSid !== null) params['MessagingServiceSid'] = record.messagingServiceSid;
    if (errorCode !== null) params['ErrorCode'] = String(errorCode);
    if (status === 'delivered' || status === 'undelivered') params['RawDlrDoneDate'] = doneDate(at);
    return params;
  }
}
