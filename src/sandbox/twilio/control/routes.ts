/** The control API: what a patient does with a phone, and what a test does to Twilio. A line each. */
import type { IncomingMessage } from 'node:http';
import { HttpError, readJson } from '../../http';
import { mergeSettings } from '../core/settings';
import { receiveText } from '../inbound/receive';
import type { World } from '../world';
import { readKind, readLimit, readPhoneNumber, readText } from './requests';
import { summarize } from './summary';
import { phoneView, recordView } from './views';

export interface ControlCall {
  readonly world: World;
  readonly req: IncomingMessage;
  readonly query: URLSearchParams;
}

type ControlRoute = (call: ControlCall) => unknown;

const listPhones: ControlRoute = ({ world, query }) =>
  world.phones.latest(readLimit(query), query.get('q')?.trim()).map((phone) => phoneView(world, phone));

const listRecords: ControlRoute = ({ world, query }) => {
  const to = query.get('to') ?? undefined;
  const from = query.get('from') ?? undefined;
  const wanted = world.messages
    .candidates(to, from)
    .filter((record) => !record.deleted && (to ?? record.to) === record.to && (from ?? record.from) === record.from);
  return wanted.slice(Math.max(0, wanted.length - readLimit(query))).map(recordView);
};

const namePhone: ControlRoute = async ({ world, req }) => {
  const body = await readJson(req);
  const phone = world.phones.name(readPhoneNumber(body, 'number'));
  phone.kind = readKind(body) ?? phone.kind;
  world.changes.changed();
  return phoneView(world, phone);
};

const setNumber: ControlRoute = async ({ world, req }) => {
  const { smsUrl } = await readJson(req);
  if (typeof smsUrl === 'string' && (smsUrl === '' || URL.canParse(smsUrl))) world.number.smsUrl = smsUrl;
  else if (smsUrl !== undefined) throw new HttpError(400, 'smsUrl must be an address.');
  return { smsUrl: world.number.smsUrl };
};

/** A service with an address of its own brings texts there, and not to the number's. */
const setService: ControlRoute = async ({ world, req }) => {
  const { inboundRequestUrl } = await readJson(req);
  if (typeof inboundRequestUrl !== 'string')
    throw new HttpError(400, 'inboundRequestUrl must be an address, or empty.');
  Object.assign(world.service, { inboundRequestUrl, useInboundWebhookOnNumber: inboundRequestUrl === '' });
  return world.service;
};

const changeSettings: ControlRoute = async ({ world, req }) => {
  world.settings = mergeSettings(world.settings, await readJson(req));
  world.carrier.repace();
  return world.settings;
};

const clearFaults: ControlRoute = ({ world }) => {
  world.faults.clear();
  return { ok: true };
};

export const CONTROL_ROUTES: ReadonlyMap<string, ControlRoute> = new Map<string, ControlRoute>([
  ['GET /phones', listPhones],
  ['POST /phone', namePhone],
  ['POST /text', async ({ world, req }) => receiveText(world, readText(await readJson(req)))],
  ['GET /messages', listRecords],
  ['GET /number', ({ world }) => ({ smsUrl: world.number.smsUrl })],
  ['POST /number', setNumber],
  ['POST /service', setService],
  ['GET /settings', ({ world }) => world.settings],
  ['POST /settings', changeSettings],
  ['POST /faults', async ({ world, req }) => world.faults.order(await readJson(req))],
  ['DELETE /faults', clearFaults],
  ['GET /alerts', ({ world }) => world.alerts.all()],
  ['GET /summary', ({ world }) => summarize(world)],
]);
