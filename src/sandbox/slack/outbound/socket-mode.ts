/** Socket Mode: apps.connections.open gives a WebSocket address; everything for the app then goes through the socket. */
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocket, WebSocketServer } from 'ws';
import { newSecret } from '../ids';
import type { Json } from '../model';
import type { EnvelopeKind, Retry } from './app-link';
import type { AppAnswer } from './signed-post';

export interface SocketMode {
  /** A ticket opens one connection, within 30 s. */
  issueTicket(): string;
  isConnected(): boolean;
  connections(): number;
  send(kind: EnvelopeKind, payload: Json, retry?: Retry): Promise<AppAnswer>;
  /** Asks every connection to reconnect, as Slack does when it moves a connection to another server. */
  askToReconnect(reason: string): void;
  handleUpgrade(req: IncomingMessage, socket: Duplex, head: Buffer): void;
  close(): Promise<void>;
}

export interface SocketModeOptions {
  readonly appId: string;
  readonly ackTimeoutMs: number;
}

const TICKET_LIFE_MS = 30_000;
const PING_EVERY_MS = 10_000;
const MOST_CONNECTIONS = 10;
const DEBUG_INFO = { host: 'applink-sandbox', build_number: 1, approximate_connection_time: 18_060 };

interface Waiting {
  readonly socket: WebSocket;
  readonly settle: (answer: AppAnswer) => void;
}

const answerFrom = (payload: unknown): AppAnswer => {
  const isEmpty = typeof payload !== 'object' || payload === null || Object.keys(payload).length === 0;
  return { kind: 'answered', status: 200, body: isEmpty ? '' : JSON.stringify(payload), noRetry: false };
};

const GOODBYE_MS = 200;

/** With the closing handshake if the app takes part in it, and without if not. */
const sayGoodbye = (socket: WebSocket): Promise<void> =>
  new Promise((resolve) => {
    const timer = setTimeout(() => socket.terminate(), GOODBYE_MS);
    socket.once('close', () => {
      clearTimeout(timer);
      resolve();
    });
    socket.close(1001);
  });

export const createSocketMode = ({ appId, ackTimeoutMs }: SocketModeOptions): SocketMode => {
  const server = new WebSocketServer({ noServer: true });
  const tickets = new Map<string, number>();
  const open: WebSocket[] = [];
  const waiting = new Map<string, Waiting>();
  let turn = 0;

  const pings = setInterval(() => open.forEach((socket) => socket.ping()), PING_EVERY_MS);
  pings.unref();

  const forget = (socket: WebSocket): void => {
    const at = open.indexOf(socket);
    if (at >= 0) open.splice(at, 1);
    for (const one of [...waiting.values()]) if (one.socket === socket) one.settle({ kind: 'unreachable' });
  };

  const acknowledge = (data: string): void => {
    try {
      const { envelope_id: id, payload } = JSON.parse(data) as Json;
      waiting.get(String(id))?.settle(answerFrom(payload));
    } catch {
      // Slack ignores what it cannot read; the envelope then counts as not acknowledged.
    }
  };

  const welcome = (socket: WebSocket): void => {
    open.push(socket);
    socket.on('message', (data) => acknowledge(String(data)));
    socket.on('close', () => forget(socket));
    socket.on('error', () => forget(socket));
    const hello = { type: 'hello', num_connections: open.length, debug_info: DEBUG_INFO };
    socket.send(JSON.stringify({ ...hello, connection_info: { app_id: appId } }));
  };

  /** Each envelope goes to one connection; they take turns. */
  const nextSocket = (): WebSocket | undefined => {
    turn += 1;
    return open[turn % Math.max(1, open.length)];
  };

  return {
    issueTicket: () => {
      const ticket = newSecret();
      tickets.set(ticket, Date.now() + TICKET_LIFE_MS);
      return ticket;
    },
    isConnected: () => open.length > 0,
    connections: () => open.length,
    send: (kind, payload, retry) => {
      const socket = nextSocket();
      if (socket === undefined) return Promise.resolve({ kind: 'unreachable' });
      const id = `${newSecret().slice(0, 8)}-${newSecret().slice(0, 12)}`;
      const retries =
        kind === 'events_api' ? { retry_attempt: retry?.number ?? 0, retry_reason: retry?.reason ?? '' } : {};
      const accepts = kind !== 'events_api';
      return new Promise((resolve) => {
        const settle = (answer: AppAnswer): void => {
          clearTimeout(timer);
          waiting.delete(id);
          resolve(answer);
        };
        const timer = setTimeout(() => settle({ kind: 'timeout' }), ackTimeoutMs);
        waiting.set(id, { socket, settle });
        socket.send(
          JSON.stringify({ envelope_id: id, type: kind, payload, accepts_response_payload: accepts, ...retries }),
        );
      });
    },
    askToReconnect: (reason) => {
      const message = JSON.stringify({ type: 'disconnect', reason, debug_info: { host: DEBUG_INFO.host } });
      for (const socket of open) socket.send(message);
    },
    handleUpgrade: (req, socket, head) => {
      const ticket = new URL(req.url ?? '/', 'http://localhost').searchParams.get('ticket') ?? '';
      const expires = tickets.get(ticket) ?? 0;
      tickets.delete(ticket);
      if (expires < Date.now() || open.length >= MOST_CONNECTIONS) {
        socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\n\r\n');
        return;
      }
      server.handleUpgrade(req, socket, head, welcome);
    },
    close: async () => {
      clearInterval(pings);
      for (const one of [...waiting.values()]) one.settle({ kind: 'unreachable' });
      await Promise.all([...open].map(sayGoodbye));
      server.close();
    },
  };
};
