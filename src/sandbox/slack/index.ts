/** The sandbox's Slack, put together. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { readBody, sendFailure, sendJson } from '../http';
import type { Handler } from '../http';
import { fromMultipart } from './args';
import { prepareSchemas } from './check/schemas';
import type { SlackContext } from './context';
import { createControl } from './control';
import { createFaults } from './faults';
import { sendFile, sendLoginPage } from './files';
import { createTsMaker } from './ids';
import type { SlackOptions } from './options';
import { createAppLink } from './outbound/app-link';
import { createEventQueue } from './outbound/event-queue';
import { handleResponseUrl } from './outbound/response-message';
import { createResponseUrls } from './outbound/response-urls';
import { createSocketMode } from './outbound/socket-mode';
import { createTriggers } from './outbound/triggers';
import { createPostLimiter } from './post-limiter';
import { createWebApi } from './web-api';
import { createWorld } from './world';

export type { SlackOptions } from './options';

export interface LocalSlack {
  readonly handle: Handler;
  /** WebSockets of Socket Mode. */
  handleUpgrade(req: IncomingMessage, socket: Duplex, head: Buffer): void;
  close(): Promise<void>;
}

const createContext = (options: SlackOptions, changed: () => void): SlackContext => {
  const { clock } = options;
  const world = createWorld();
  const sockets = createSocketMode({ appId: world.app.id, ackTimeoutMs: options.ackTimeoutMs ?? 3000 });
  const link = createAppLink(options, sockets);
  return {
    options,
    clock,
    world,
    nextTs: createTsMaker(clock),
    faults: createFaults(),
    limiter: createPostLimiter({ burst: options.postBurst ?? 1, perSecond: options.postPerSecond ?? 1 }),
    triggers: createTriggers(options.triggerLifeMs ?? 3000),
    responseUrls: createResponseUrls(clock),
    link,
    events: createEventQueue({ options, clock, world, link }),
    sockets,
    calls: [],
    changed,
  };
};

/** `/slack/files/upload/v1/<id>`: raw bytes, or a form with one file in it. */
const receiveUpload = async (context: SlackContext, req: IncomingMessage, res: ServerResponse): Promise<void> => {
  const file = context.world.files.get(req.url?.split('/').at(-1) ?? '');
  const body = await readBody(req);
  const contentType = req.headers['content-type'] ?? '';
  const form = contentType.startsWith('multipart/') ? await fromMultipart(body, contentType) : { body };
  const bytes = Object.values(form).find((value): value is Buffer => Buffer.isBuffer(value));
  if (file === undefined || bytes === undefined || bytes.length !== file.size) {
    return sendJson(res, 400, { ok: false, error: 'upload_failed' });
  }
  file.bytes = bytes;
  res.writeHead(200, { 'content-type': 'text/plain' });
  res.end(`OK - ${bytes.length}`);
};

/** `/slack/files/<team>-<file>/…`: with the app's token the file, without it the login page. */
const serveDownload = (context: SlackContext, req: IncomingMessage, res: ServerResponse): void => {
  const [, id = ''] = /\/slack\/files\/[A-Z0-9]+-([A-Z0-9]+)\//.exec(req.url ?? '') ?? [];
  const file = context.world.files.get(id);
  const isAllowed = req.headers.authorization === `Bearer ${context.options.credentials.botToken}`;
  if (!isAllowed || file?.visibleToApp !== true) return sendLoginPage(res);
  if (file.bytes === undefined) return sendJson(res, 404, { ok: false, error: 'file_not_found' });
  sendFile(res, file, (req.url ?? '').includes('/download/'));
};

export const createSlack = (options: SlackOptions): LocalSlack => {
  const control = createControl(() => context);
  const context = createContext(options, () => control.changed());
  const callApi = createWebApi(context);
  prepareSchemas();

  const route: Handler = (req, res, url) => {
    const path = url.pathname;
    if (path.startsWith('/slack/api/')) return callApi(req, res, url);
    if (path.startsWith('/slack/control/')) return control.handle(req, res, url);
    if (path.startsWith('/slack/response/')) return handleResponseUrl(context, { req, res, url });
    if (path.startsWith('/slack/files/upload/')) return receiveUpload(context, req, res);
    if (path.startsWith('/slack/files/')) return serveDownload(context, req, res);
    sendJson(res, 404, { error: `There is no ${path}.` });
  };

  return {
    handle: async (req, res, url) => {
      try {
        await route(req, res, url);
      } catch (error) {
        sendFailure(res, error);
      }
    },
    handleUpgrade: (req, socket, head) => context.sockets.handleUpgrade(req, socket, head),
    close: async () => {
      context.events.close();
      control.close();
      await context.sockets.close();
    },
  };
};
