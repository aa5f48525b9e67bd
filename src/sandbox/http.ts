/** The little that the sandbox's servers share: reading a request, answering with JSON, server-sent events. */
import type { IncomingMessage, ServerResponse } from 'node:http';

export type Handler = (req: IncomingMessage, res: ServerResponse, url: URL) => Promise<void> | void;

/** Past this a request is refused. What is dropped in a channel comes in base64: a file of a million patients has 150 MB. */
const LARGEST_BODY = 256 * 1024 * 1024;

export class HttpError extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
    this.name = 'HttpError';
  }
}

export const readBody = async (req: IncomingMessage): Promise<Buffer> => {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of req) {
    const piece = chunk as Buffer;
    size += piece.length;
    if (size > LARGEST_BODY) throw new HttpError(413, 'The request is too large for the sandbox.');
    chunks.push(piece);
  }
  return Buffer.concat(chunks);
};

/** A JSON object, or HttpError 400. An empty body counts as `{}`, so that `POST` without arguments works. */
export const readJson = async (req: IncomingMessage): Promise<Record<string, unknown>> => {
  const text = (await readBody(req)).toString('utf8');
  if (text.trim() === '') return {};
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new HttpError(400, 'The body is not JSON.');
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new HttpError(400, 'The body must be a JSON object.');
  }
  return value as Record<string, unknown>;
};

export const sendJson = (
  res: ServerResponse,
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
): void => {
  if (res.headersSent || res.destroyed) return;
  res.writeHead(status, { 'content-type': 'application/json; charset=utf-8', ...headers });
  res.end(JSON.stringify(body));
};

export interface EventStream {
  send(event: string, data: unknown): void;
  close(): void;
}

/** The stream is closed by either side; whoever keeps it listens to `res`'s `close` to let it go. */
export const openSse = (req: IncomingMessage, res: ServerResponse): EventStream => {
  req.socket.setNoDelay(true);
  res.writeHead(200, {
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-cache',
    connection: 'keep-alive',
  });
  res.write(': open\n\n');
  return {
    send: (event, data) => {
      if (!res.writableEnded && !res.destroyed) res.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
    },
    close: () => {
      if (!res.writableEnded) res.end();
    },
  };
};

/** Answers an error in the way that those who drive the sandbox expect it: a status and `{ error }`. */
export const sendFailure = (res: ServerResponse, error: unknown): void => {
  const status = error instanceof HttpError ? error.status : 500;
  sendJson(res, status, { error: error instanceof Error ? error.message : String(error) });
};
