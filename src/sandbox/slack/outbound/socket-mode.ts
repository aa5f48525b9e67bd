/** Socket Mode: apps.connections.open gives a WebSocket address; everything for the app then goes through the socket. */
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import type { WebSocket } from 'ws';
import { newSecret } from '../ids';
import { createAcks } from './acks';
import type { Acks } from './acks';
import type { Json } from '../model';
import type { AppAnswer, EnvelopeKind, Retry } from './envelope';

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

interface Tickets {
  issue(): string;
  /** False: unknown, used, or too old. */
  take(ticket: string): boolean;
}

const createTickets = (): Tickets => {
  const until = new Map<string, number>();
  return {
    issue: () => {
      const ticket = newSecret();
      until.set(ticket, Date.now() + TICKET_LIFE_MS);
      return ticket;
    },
    take: (ticket) => {
      const isGood = (until.get(ticket) ?? 0) >= Date.now();
      until.delete(ticket);
      return isGood;
    },
  };
};

const ticketIn = (req: IncomingMessage): string =>
  new URL(req.url ?? '/', 'http://localhost').searchParams.get('ticket') ?? '';

const envelopeOf = (kind: EnvelopeKind, payload: Json, retry: Retry | undefined): Json => ({
  type: kind,
  payload,
  accepts_response_payload: kind !== 'events_api',
  ...(kind === 'events_api' && { retry_attempt: retry?.number ?? 0, retry_reason: retry?.reason ?? '' }),
});

/** The sockets that are open; each envelope goes to one of them, and they take turns. */
const createPool = (appId: string, acks: Acks) => {
  const open: WebSocket[] = [];
  let turn = 0;
  const forget = (socket: WebSocket): void => {
    const at = open.indexOf(socket);
    if (at >= 0) open.splice(at, 1);
    acks.abandon(socket);
  };
  return {
    open,
    next: (): WebSocket | undefined => open[(turn += 1) % Math.max(1, open.length)],
    welcome: (socket: WebSocket): void => {
      open.push(socket);
      socket.on('message', (data) => acks.receive(String(data)));
      socket.on('close', () => forget(socket));
      socket.on('error', () => forget(socket));
      const hello = { type: 'hello', num_connections: open.length, debug_info: DEBUG_INFO };
      socket.send(JSON.stringify({ ...hello, connection_info: { app_id: appId } }));
    },
  };
};

export const createSocketMode = ({ appId, ackTimeoutMs }: SocketModeOptions): SocketMode => {
  const server = new WebSocketServer({ noServer: true });
  const tickets = createTickets();
  const acks = createAcks(ackTimeoutMs);
  const pool = createPool(appId, acks);
  const pings = setInterval(() => pool.open.forEach((socket) => socket.ping()), PING_EVERY_MS);
  pings.unref();
  return {
    issueTicket: () => tickets.issue(),
    isConnected: () => pool.open.length > 0,
    connections: () => pool.open.length,
    send: (kind, payload, retry) => {
      const socket = pool.next();
      if (socket === undefined) return Promise.resolve({ kind: 'unreachable' });
      const { id, answer } = acks.expect(socket);
      socket.send(JSON.stringify({ envelope_id: id, ...envelopeOf(kind, payload, retry) }));
      return answer;
    },
    askToReconnect: (reason) => {
      const message = JSON.stringify({ type: 'disconnect', reason, debug_info: { host: DEBUG_INFO.host } });
      for (const socket of pool.open) socket.send(message);
    },
    handleUpgrade: (req, socket, head) => {
      const isWelcome = tickets.take(ticketIn(req)) && pool.open.length < MOST_CONNECTIONS;
      if (isWelcome) return server.handleUpgrade(req, socket, head, pool.welcome);
      socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\n\r\n');
    },
    close: async () => {
      clearInterval(pings);
      acks.abandon();
      await Promise.all([...pool.open].map(sayGoodbye));
      server.close();
    },
  };
};
