import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import helmet from 'helmet';
import type { Registry } from 'prom-client';
import type { HealthCheck } from './health';
import type { Log } from './log';

export interface Routes {
  /** Null in Socket Mode: Slack then calls no address of ours. */
  readonly slack: ((request: IncomingMessage, response: ServerResponse) => Promise<void>) | null;
  readonly twilio: (request: IncomingMessage, response: ServerResponse, path: string) => Promise<void>;
  readonly picture: (response: ServerResponse, token: string) => Promise<void>;
  readonly health: HealthCheck;
  readonly metrics: Registry;
  readonly log: Log;
}

/** Everything that can be called from outside. */
export function createHttpServer(routes: Routes): Server {
  const server = createServer((request, response) => {
    void answer(routes, request, response).catch((err: unknown) => {
      routes.log.error({ err, path: pathOf(request) }, 'a request failed');
      // Twilio and Slack deliver again what was not answered 200.
      if (!response.headersSent) response.writeHead(500);
      response.end();
    });
  });
  server.requestTimeout = 20_000;
  server.headersTimeout = 10_000;
  return server;
}

const PICTURE = 'GET /media/';

const pathOf = (request: IncomingMessage): string => (request.url ?? '/').split('?')[0] ?? '/';

/** No page is served here: whoever makes a browser open one of these gets nothing out of it. */
const secure = helmet({
  contentSecurityPolicy: { useDefaults: false, directives: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] } },
  frameguard: { action: 'deny' },
});

const setHeaders = (request: IncomingMessage, response: ServerResponse): void => {
  response.setHeader('cache-control', 'no-store');
  secure(request, response, () => undefined);
};

async function answer(routes: Routes, request: IncomingMessage, response: ServerResponse): Promise<void> {
  setHeaders(request, response);
  const route = `${request.method ?? 'GET'} ${pathOf(request)}`;
  if (route.startsWith(PICTURE)) return routes.picture(response, route.slice(PICTURE.length));
  switch (route) {
    case 'POST /slack/events':
      if (routes.slack) return routes.slack(request, response);
      break;
    case 'POST /twilio/inbound':
    case 'POST /twilio/status':
      return routes.twilio(request, response, pathOf(request));
    case 'GET /healthz': {
      const health = await routes.health.read();
      return sendJson(response, health.ok ? 200 : 503, health);
    }
    case 'GET /metrics':
      response.writeHead(200, { 'content-type': routes.metrics.contentType }).end(await routes.metrics.metrics());
      return;
  }
  sendJson(response, 404, { error: 'not found' });
}

const sendJson = (response: ServerResponse, status: number, body: unknown): void => {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
};

/** @returns the port it listens on */
export const listen = (server: Server, port: number): Promise<number> =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, () => resolve((server.address() as AddressInfo).port));
  });
