/** Records as the contract shows them to those who drive the sandbox. */
import type { PhoneText, SandboxPhone, TwilioRecord } from '../../contract';
import type { Phone } from '../core/phones';
import type { MessageRecord } from '../core/record';
import type { World } from '../world';

const iso = (at: number): string => new Date(at).toISOString();

const textView = (world: World, shown: Phone['texts'][number]): PhoneText => {
  const { record, at } = shown;
  const control = `${world.options.baseUrl()}/twilio/control/media/`;
  return {
    sid: record.sid,
    direction: record.direction === 'inbound' ? 'out' : 'in',
    body: record.phoneBody,
    at: iso(at),
    mediaUrls: record.media.map((item) => item.url ?? control + item.sid),
  };
};

export const phoneView = (world: World, phone: Phone): SandboxPhone => ({
  number: phone.number,
  kind: phone.kind,
  optedOut: (phone.optedOutOf?.size ?? 0) > 0,
  texts: phone.texts.map((shown) => textView(world, shown)),
});

export const recordView = (record: MessageRecord): TwilioRecord => ({
  sid: record.sid,
  direction: record.direction,
  from: record.from,
  to: record.to,
  body: record.body,
  status: record.status,
  errorCode: record.errorCode,
  numSegments: record.numSegments,
  createdAt: iso(record.createdAt),
  deliveredAt: record.deliveredAt === null ? null : iso(record.deliveredAt),
  statusCallback: record.statusCallback,
  validityPeriod: record.validityPeriod,
});
