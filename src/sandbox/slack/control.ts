/** `/slack/control/…`: what a person does in Slack, and what those who drive the sandbox need to know and to order. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { HttpError, openSse, readJson, sendFailure, sendJson } from '../http';
import type { EventStream } from '../http';
import type { SlackContext } from './context';
import { SlackError } from './errors';
import { parseFaultOrder } from './faults';
import { sendFile } from './files';
import type { Json } from './model';
import { appHomeOpened } from './outbound/event-payloads';
import { act, suggest } from './person/act';
import { runCommand } from './person/command';
import { editMessage, react, removeMessage, say, upload } from './person/say';
import { stateFor } from './person/state';
import { close, submit } from './person/submit';
import { field, person } from './person/who';

type Order = (context: SlackContext, body: Json) => unknown;

const setApp: Order = async (context, body) => {
  const isAccepted = await context.link.setRequestUrl(field(body, 'requestUrl'));
  if (!isAccepted) throw new HttpError(422, 'The app did not answer the challenge at this address.');
  return { ok: true };
};

const openHome: Order = (context, body) => {
  const user = person(context, body);
  const tab = body['tab'] === 'messages' ? 'messages' : 'home';
  context.events.send(appHomeOpened(context, user.id, tab));
  return { ok: true };
};

const setUsergroup: Order = (context, body) => {
  const group = context.world.usergroups.get(field(body, 'id'));
  if (group === undefined) throw new HttpError(404, 'There is no such user group.');
  const users = Array.isArray(body['users']) ? body['users'].map(String) : [];
  const stranger = users.find((id) => !context.world.users.has(id));
  if (stranger !== undefined) throw new HttpError(404, `There is no person ${stranger}.`);
  group.users = users;
  context.changed();
  return { ok: true };
};

/** A channel that everybody is in, the app as well. */
const makeChannel = ({ world }: SlackContext, { id, name }: { id: string; name: string }): void => {
  world.channels.set(id, { id, name, members: new Set(world.users.keys()), archived: false });
};

/** `{ id, name?, archived?, appIsMember?, deleted? }`: what an admin of the workspace can do to the app. */
const setChannel: Order = (context, body) => {
  const id = field(body, 'id');
  if (typeof body['name'] === 'string') makeChannel(context, { id, name: body['name'] });
  const channel = context.world.channels.get(id);
  if (channel === undefined) throw new HttpError(404, 'There is no such channel.');
  if (typeof body['archived'] === 'boolean') channel.archived = body['archived'];
  if (body['appIsMember'] === true) channel.members.add(context.world.app.botUserId);
  if (body['appIsMember'] === false) channel.members.delete(context.world.app.botUserId);
  if (body['deleted'] === true) context.world.channels.delete(channel.id);
  context.changed();
  return { ok: true };
};

const redeliver: Order = async (context, body) => {
  const eventId = typeof body['eventId'] === 'string' ? body['eventId'] : undefined;
  const delivery = await context.events.redeliver(eventId);
  if (delivery === undefined) throw new HttpError(404, 'No such event was sent.');
  return { eventId: delivery.eventId, type: delivery.type, attempts: delivery.attempts, acked: delivery.acked };
};

const setFault: Order = (context, body) => {
  context.faults.order(parseFaultOrder(body));
  return { ok: true };
};

const clearFaults: Order = (context) => {
  context.faults.clear();
  return { ok: true };
};

const disconnect: Order = (context, body) => {
  context.sockets.askToReconnect(typeof body['reason'] === 'string' ? body['reason'] : 'refresh_requested');
  return { ok: true };
};

const ORDERS: Record<string, Order> = {
  'POST app': setApp,
  'POST message': say,
  'POST message/edit': editMessage,
  'POST message/delete': removeMessage,
  'POST command': runCommand,
  'POST action': act,
  'POST suggest': suggest,
  'POST view/submit': submit,
  'POST view/close': close,
  'POST reaction': react,
  'POST home': openHome,
  'POST upload': upload,
  'POST usergroup': setUsergroup,
  'POST channel': setChannel,
  'POST redeliver': redeliver,
  'POST faults': setFault,
  'DELETE faults': clearFaults,
  'POST socket/disconnect': disconnect,
  'GET socket': (context) => ({ connections: context.sockets.connections() }),
  'GET deliveries': (context) => context.events.deliveries(),
  'GET calls': (context) => context.calls,
};

export interface Control {
  handle(req: IncomingMessage, res: ServerResponse, url: URL): Promise<void>;
  changed(): void;
  close(): void;
}

const serveFile = (context: SlackContext, res: ServerResponse, id: string): void => {
  const file = context.world.files.get(id);
  if (file?.bytes === undefined) throw new HttpError(404, 'There is no such file.');
  sendFile(res, file, false);
};

export const createControl = (context: () => SlackContext): Control => {
  const streams = new Set<EventStream>();
  let isTold = false;
  const stream = (req: IncomingMessage, res: ServerResponse): void => {
    const opened = openSse(req, res);
    streams.add(opened);
    res.on('close', () => streams.delete(opened));
  };
  const route = async (req: IncomingMessage, res: ServerResponse, url: URL): Promise<void> => {
    const path = url.pathname.replace('/slack/control/', '');
    if (path === 'stream') return stream(req, res);
    if (path === 'state') return sendJson(res, 200, stateFor(context(), url.searchParams.get('user') ?? ''));
    if (path.startsWith('files/')) return serveFile(context(), res, path.slice('files/'.length));
    const order = ORDERS[`${req.method} ${path}`];
    if (order === undefined) throw new HttpError(404, `There is no ${req.method} ${url.pathname}.`);
    sendJson(res, 200, await order(context(), req.method === 'POST' ? await readJson(req) : {}));
  };
  return {
    handle: async (req, res, url) => {
      try {
        await route(req, res, url);
      } catch (error) {
        // A person cannot do what Slack forbids: react twice, for example.
        if (error instanceof SlackError) return sendJson(res, 400, { error: error.message });
        sendFailure(res, error);
      }
    },
    changed: () => {
      // Once for all that changes in one go: whoever hears of it asks for everything anyway.
      if (isTold) return;
      isTold = true;
      setImmediate(() => {
        isTold = false;
        streams.forEach((one) => one.send('changed', {}));
      });
    },
    close: () => streams.forEach((one) => one.close()),
  };
};
