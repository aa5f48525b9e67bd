/** The account, its balance, and its telephone number with the webhook that belongs to it. */
import type { World } from '../world';
import { one } from './call';
import type { Answer, Call } from './call';
import { badRequest, notFound } from './errors';
import { rfc2822 } from './resource';

const accountPath = (world: World): string => `/2010-04-01/Accounts/${world.options.credentials.accountSid}`;

export const fetchAccount = ({ world }: Call): Answer => {
  const { accountSid, authToken } = world.options.credentials;
  const created = rfc2822(world.number.createdAt);
  const body = {
    sid: accountSid,
    auth_token: authToken,
    friendly_name: 'CareThread sandbox',
    status: 'active',
    type: 'Full',
    owner_account_sid: accountSid,
    date_created: created,
    date_updated: created,
    uri: `${accountPath(world)}.json`,
    subresource_uris: { messages: `${accountPath(world)}/Messages.json` },
  };
  return { status: 200, body };
};

export const fetchBalance = ({ world }: Call): Answer => ({
  status: 200,
  body: { account_sid: world.options.credentials.accountSid, balance: '100.00', currency: 'USD' },
});

const numberResource = (world: World): object => {
  const { number, options } = world;
  return {
    sid: number.sid,
    account_sid: options.credentials.accountSid,
    phone_number: options.credentials.from,
    friendly_name: number.friendlyName,
    api_version: '2010-04-01',
    capabilities: { voice: true, sms: true, mms: true, fax: false },
    sms_url: number.smsUrl,
    sms_method: number.smsMethod,
    sms_fallback_url: number.smsFallbackUrl,
    sms_fallback_method: 'POST',
    sms_application_sid: '',
    status_callback: number.statusCallback,
    status_callback_method: 'POST',
    status: 'in-use',
    beta: false,
    origin: 'twilio',
    date_created: rfc2822(number.createdAt),
    date_updated: rfc2822(number.updatedAt),
    uri: `${accountPath(world)}/IncomingPhoneNumbers/${number.sid}.json`,
  };
};

export const listNumbers = ({ world, query, path }: Call): Answer => {
  const asked = query.get('PhoneNumber');
  const shown = asked === null || world.options.credentials.from.includes(asked.replace(/[^\d]/g, ''));
  const incoming_phone_numbers = shown ? [numberResource(world)] : [];
  const ends = { first_page_uri: path, next_page_uri: null, previous_page_uri: null, uri: path };
  return { status: 200, body: { incoming_phone_numbers, ...ends, page: 0, page_size: 50, start: 0, end: 0 } };
};

const checkNumber = (call: Call): void => {
  if (call.sids[0] !== call.world.number.sid) throw notFound(call.path);
};

export const fetchNumber = (call: Call): Answer => {
  checkNumber(call);
  return { status: 200, body: numberResource(call.world) };
};

const readUrl = (call: Call, name: string, current: string): string => {
  const text = one(call.form, name);
  if (text === undefined) return current;
  if (text !== '' && !URL.canParse(text)) throw badRequest(21402, `Invalid ${name}: ${text}`);
  return text;
};

export const updateNumber = (call: Call): Answer => {
  checkNumber(call);
  const { number, options } = call.world;
  number.smsUrl = readUrl(call, 'SmsUrl', number.smsUrl);
  number.smsFallbackUrl = readUrl(call, 'SmsFallbackUrl', number.smsFallbackUrl);
  number.statusCallback = readUrl(call, 'StatusCallback', number.statusCallback);
  number.smsMethod = one(call.form, 'SmsMethod') ?? number.smsMethod;
  number.friendlyName = one(call.form, 'FriendlyName') ?? number.friendlyName;
  number.updatedAt = options.clock.now().getTime();
  return fetchNumber(call);
};
