/** A message as Twilio keeps it. Mutable on purpose: a quarter of a million of them live in one process. */
import { randomUUID } from 'node:crypto';

export type Direction = 'inbound' | 'outbound-api' | 'outbound-reply';

export type Status =
  | 'accepted'
  | 'scheduled'
  | 'queued'
  | 'sending'
  | 'sent'
  | 'delivered'
  | 'undelivered'
  | 'failed'
  | 'canceled'
  | 'received';

/** Statuses that a message never leaves. */
const FINAL: ReadonlySet<Status> = new Set(['delivered', 'undelivered', 'failed', 'canceled', 'received']);
export const isFinal = (status: Status): boolean => FINAL.has(status);

export interface MediaRecord {
  readonly sid: string;
  readonly messageSid: string;
  readonly contentType: string;
  readonly createdAt: number;
  /** What the patient's phone sent; media that the app sends are known by their address only. */
  readonly content: Buffer | null;
  readonly url: string | null;
}

export interface MessageRecord {
  /** Position in the order of creation; pages of the list are cut by it. */
  readonly seq: number;
  readonly sid: string;
  readonly direction: Direction;
  readonly from: string;
  readonly to: string;
  body: string;
  /** What the phone showed: redaction at Twilio does not reach into a pocket. */
  readonly phoneBody: string;
  status: Status;
  errorCode: number | null;
  readonly numSegments: number;
  readonly createdAt: number;
  updatedAt: number;
  sentAt: number | null;
  deliveredAt: number | null;
  readonly statusCallback: string | null;
  /** Seconds. */
  readonly validityPeriod: number;
  readonly messagingServiceSid: string | null;
  /** Scheduled messages wait for this instant. */
  readonly sendAt: number | null;
  media: readonly MediaRecord[];
  deleted: boolean;
}

export const newSid = (prefix: string): string => prefix + randomUUID().replaceAll('-', '');

export interface Draft {
  readonly direction: Direction;
  readonly from: string;
  readonly to: string;
  readonly body: string;
  readonly status: Status;
  readonly numSegments: number;
  readonly statusCallback?: string | null;
  readonly validityPeriod?: number;
  readonly messagingServiceSid?: string | null;
  readonly sendAt?: number | null;
  readonly hasMedia?: boolean;
}

export const LONGEST_VALIDITY = 36_000;

export const newRecord = (draft: Draft, seq: number, now: number): MessageRecord => ({
  seq,
  sid: newSid(draft.hasMedia === true ? 'MM' : 'SM'),
  direction: draft.direction,
  from: draft.from,
  to: draft.to,
  body: draft.body,
  phoneBody: draft.body,
  status: draft.status,
  errorCode: null,
  numSegments: draft.numSegments,
  createdAt: now,
  updatedAt: now,
  sentAt: null,
  deliveredAt: null,
  statusCallback: draft.statusCallback ?? null,
  validityPeriod: draft.validityPeriod ?? LONGEST_VALIDITY,
  messagingServiceSid: draft.messagingServiceSid ?? null,
  sendAt: draft.sendAt ?? null,
  media: [],
  deleted: false,
});

/** The instant from which a message that still waits is thrown away. */
export const expiresAt = (record: MessageRecord): number =>
  (record.sendAt ?? record.createdAt) + record.validityPeriod * 1000;
