/** Records as Twilio's JSON shows them. */
import type { MediaRecord, MessageRecord } from '../core/record';
import { DELIVERY_ERRORS } from './errors';

const API = '/2010-04-01';
const PRICE_A_SEGMENT = 0.0079;

let lastSecond = -1;
let lastText = '';

/** RFC 2822 in GMT; most dates of an answer fall into the same second. */
export const rfc2822 = (at: number): string => {
  const second = Math.floor(at / 1000);
  if (second !== lastSecond) {
    lastSecond = second;
    lastText = new Date(second * 1000).toUTCString().replace('GMT', '+0000');
  }
  return lastText;
};

const priceOf = (record: MessageRecord): string | null =>
  record.sentAt === null ? null : (-PRICE_A_SEGMENT * record.numSegments).toFixed(5);

export const messageResource = (accountSid: string, record: MessageRecord): object => {
  // A Messaging Service has not chosen its sender yet when it accepts a message or keeps it for later.
  const senderChosen = record.status !== 'accepted' && record.status !== 'scheduled';
  const path = `${API}/Accounts/${accountSid}/Messages/${record.sid}`;
  return {
    account_sid: accountSid,
    api_version: '2010-04-01',
    body: record.body,
    date_created: rfc2822(record.createdAt),
    date_sent: record.sentAt === null ? null : rfc2822(record.sentAt),
    date_updated: rfc2822(record.updatedAt),
    direction: record.direction,
    error_code: record.errorCode,
    error_message: record.errorCode === null ? null : (DELIVERY_ERRORS[record.errorCode] ?? null),
    from: senderChosen ? record.from : null,
    messaging_service_sid: record.messagingServiceSid,
    num_media: String(record.media.length),
    num_segments: senderChosen ? String(record.numSegments) : '0',
    price: priceOf(record),
    price_unit: 'USD',
    sid: record.sid,
    status: record.status,
    subresource_uris: { media: `${path}/Media.json` },
    to: record.to,
    uri: `${path}.json`,
  };
};

export const mediaResource = (accountSid: string, media: MediaRecord): object => ({
  sid: media.sid,
  account_sid: accountSid,
  parent_sid: media.messageSid,
  content_type: media.contentType,
  date_created: rfc2822(media.createdAt),
  date_updated: rfc2822(media.createdAt),
  uri: `${API}/Accounts/${accountSid}/Messages/${media.messageSid}/Media/${media.sid}.json`,
});
