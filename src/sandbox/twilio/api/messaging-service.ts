/** The Messaging Service to which the number belongs: where texts come in, its numbers, its registration. */
import type { World } from '../world';
import { one } from './call';
import type { Answer, Call } from './call';
import { notFound } from './errors';

const iso = (at: number): string => `${new Date(at).toISOString().slice(0, 19)}Z`;

/** @throws TwilioError 404 when there is none, or another one is asked for */
const sidOf = ({ world, sids, path }: Call): string => {
  const { messagingServiceSid } = world.options.credentials;
  if (messagingServiceSid === undefined || sids[0] !== messagingServiceSid) throw notFound(path);
  return messagingServiceSid;
};

const dates = ({ number }: World) => ({ date_created: iso(number.createdAt), date_updated: iso(number.updatedAt) });

export const fetchService = (call: Call): Answer => {
  const sid = sidOf(call);
  const { world, path } = call;
  const { inboundRequestUrl, useInboundWebhookOnNumber } = world.service;
  const body = {
    sid,
    account_sid: world.options.credentials.accountSid,
    friendly_name: 'CareThread sandbox',
    ...dates(world),
    inbound_request_url: inboundRequestUrl === '' ? null : inboundRequestUrl,
    inbound_method: 'POST',
    fallback_url: null,
    fallback_method: 'POST',
    status_callback: null,
    sticky_sender: true,
    smart_encoding: true,
    validity_period: 36_000,
    usecase: 'notifications',
    us_app_to_person_registered: true,
    use_inbound_webhook_on_number: useInboundWebhookOnNumber,
    url: path,
    links: { phone_numbers: `${path}/PhoneNumbers` },
  };
  return { status: 200, body };
};

export const updateService = (call: Call): Answer => {
  sidOf(call);
  const { service } = call.world;
  service.inboundRequestUrl = one(call.form, 'InboundRequestUrl') ?? service.inboundRequestUrl;
  const onNumber = one(call.form, 'UseInboundWebhookOnNumber');
  if (onNumber !== undefined) service.useInboundWebhookOnNumber = onNumber === 'true';
  return fetchService(call);
};

const page = (path: string, key: string, items: readonly object[]): Answer => {
  const ends = { first_page_url: path, previous_page_url: null, url: path, next_page_url: null };
  return { status: 200, body: { [key]: items, meta: { page: 0, page_size: 50, ...ends, key } } };
};

export const listServiceNumbers = (call: Call): Answer => {
  const sid = sidOf(call);
  const { options, number } = call.world;
  const one = {
    sid: number.sid,
    account_sid: options.credentials.accountSid,
    service_sid: sid,
    ...dates(call.world),
    phone_number: options.credentials.from,
    country_code: 'US',
    capabilities: ['SMS', 'MMS'],
    url: `${call.path}/${number.sid}`,
  };
  return page(call.path, 'phone_numbers', [one]);
};

export const listServiceCampaigns = (call: Call): Answer => {
  const messaging_service_sid = sidOf(call);
  const { accountSid: account_sid } = call.world.options.credentials;
  const campaign = { account_sid, messaging_service_sid, ...dates(call.world), campaign_status: 'VERIFIED' };
  return page(call.path, 'compliance', [{ sid: 'QE2c6890da8086d771620e9b13fadeba0b', ...campaign }]);
};
