/** What Twilio tells the app about an inbound message. */
import type { MessageRecord } from '../core/record';
import type { Params } from '../webhooks/signature';
import type { World } from '../world';
import type { OptOutType } from './opt-out';

const mediaParams = (world: World, record: MessageRecord): Params => {
  const { accountSid } = world.options.credentials;
  const base = `${world.options.baseUrl()}/twilio/2010-04-01/Accounts/${accountSid}/Messages/${record.sid}/Media/`;
  return Object.fromEntries(
    record.media.flatMap((item, index) => [
      [`MediaUrl${index}`, base + item.sid],
      [`MediaContentType${index}`, item.contentType],
    ]),
  );
};

export const inboundParams = (world: World, record: MessageRecord, optOut: OptOutType | null): Params => ({
  ToCountry: 'US',
  ToState: '',
  ToCity: '',
  ToZip: '',
  FromCountry: 'US',
  FromState: '',
  FromCity: '',
  FromZip: '',
  SmsMessageSid: record.sid,
  MessageSid: record.sid,
  SmsSid: record.sid,
  SmsStatus: 'received',
  NumMedia: String(record.media.length),
  NumSegments: String(record.numSegments),
  Body: record.body,
  To: record.to,
  From: record.from,
  AccountSid: world.options.credentials.accountSid,
  ApiVersion: '2010-04-01',
  ...(record.messagingServiceSid === null ? {} : { MessagingServiceSid: record.messagingServiceSid }),
  ...mediaParams(world, record),
  ...(optOut === null ? {} : { OptOutType: optOut }),
});
