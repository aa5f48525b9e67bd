/** What lies between Twilio and the phones: a queue for each sender, the air, and the receipt that comes back. */
import type { PhoneKind } from '../../contract';
import type { SandboxClock } from '../../clock';
import type { StatusCallbacks } from '../webhooks/status-callbacks';
import type { Changes } from './changes';
import { DelayLine } from './delay-line';
import type { Phones } from './phones';
import type { MessageRecord, Status } from './record';
import { SenderQueue } from './sender-queue';
import type { Settings } from './settings';

export interface CarrierParts {
  readonly clock: SandboxClock;
  readonly settings: () => Settings;
  readonly phones: Phones;
  readonly callbacks: StatusCallbacks;
  readonly changes: Changes;
}

interface Outcome {
  readonly status: Status;
  readonly errorCode: number | null;
}

const OUTCOMES: Readonly<Record<PhoneKind, Outcome>> = {
  mobile: { status: 'delivered', errorCode: null },
  landline: { status: 'undelivered', errorCode: 30006 },
  unreachable: { status: 'undelivered', errorCode: 30003 },
  blocked: { status: 'undelivered', errorCode: 30004 },
  invalid: { status: 'undelivered', errorCode: 30005 },
};

const VALIDITY_ENDED = 30036;
const QUEUE_FULL = 30001;
const OPTED_OUT = 21610;
const LONGEST_QUEUE_SECONDS = 36_000;

export class Carrier {
  private readonly queues = new Map<string, SenderQueue>();
  private readonly air = new DelayLine<MessageRecord>((record) => this.receipt(record));
  private readonly stopListening: () => void;

  constructor(private readonly parts: CarrierParts) {
    this.stopListening = parts.clock.onMove(() => {
      for (const queue of this.queues.values()) queue.sweep();
    });
  }

  /** True when another message of this size would not fit behind this sender. */
  isFull(sender: string, segments: number): boolean {
    const { queueLimit, rate } = this.parts.settings();
    const limit = queueLimit > 0 ? queueLimit : rate * LONGEST_QUEUE_SECONDS;
    return limit > 0 && this.waitingSegments(sender) + segments > limit;
  }

  waitingSegments(sender: string): number {
    return this.queues.get(sender)?.segments ?? 0;
  }

  /** Nothing happens before the caller's turn is over: the answer to a create shows the message still queued. */
  submit(record: MessageRecord): void {
    if (record.status !== 'queued') {
      if (this.isFull(record.from, record.numSegments)) return this.change(record, 'failed', QUEUE_FULL);
      this.change(record, 'queued');
    }
    this.queueOf(record.from).push(record);
  }

  /** Leaves the queue and the pace aside: what Twilio itself answers (STOP, HELP) does not wait behind a campaign. */
  handOver(record: MessageRecord): void {
    const { clock, phones, settings } = this.parts;
    const kind = phones.find(record.to)?.kind ?? 'mobile';
    record.sentAt = clock.now().getTime();
    this.change(record, 'sending');
    this.change(record, 'sent');
    if (kind === 'mobile') phones.show(record.to, record, record.sentAt);
    this.air.push(record, settings().deliveryMs);
  }

  change(record: MessageRecord, status: Status, errorCode: number | null = null): void {
    const now = this.parts.clock.now().getTime();
    record.status = status;
    record.errorCode = errorCode;
    record.updatedAt = now;
    this.parts.callbacks.notify(record, status, now);
    this.parts.changes.changed();
  }

  repace(): void {
    for (const queue of this.queues.values()) queue.repace();
  }

  close(): void {
    this.stopListening();
    this.air.close();
    for (const queue of this.queues.values()) queue.close();
  }

  private queueOf(sender: string): SenderQueue {
    const known = this.queues.get(sender);
    if (known !== undefined) return known;
    const queue = new SenderQueue({
      rate: () => this.parts.settings().rate,
      now: () => this.parts.clock.now().getTime(),
      release: (record) => this.release(record),
      expire: (record) => this.change(record, 'failed', VALIDITY_ENDED),
    });
    this.queues.set(sender, queue);
    return queue;
  }

  /** Somebody may have said STOP while the message waited. */
  private release(record: MessageRecord): void {
    if (this.parts.phones.isOptedOut(record.to, record.from)) return this.change(record, 'failed', OPTED_OUT);
    this.handOver(record);
  }

  private receipt(record: MessageRecord): void {
    const outcome = OUTCOMES[this.parts.phones.find(record.to)?.kind ?? 'mobile'];
    if (outcome.status === 'delivered') record.deliveredAt = this.parts.clock.now().getTime();
    this.change(record, outcome.status, outcome.errorCode);
  }
}
