import {
  createServer,
  request as httpRequest,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';

/**
 * The points of a send at which the app can die:
 * - `before`: its request is on the way, and Twilio has not got it;
 * - `during`: Twilio has got it, and has not answered;
 * - `answered`: Twilio has answered, and the answer is still on its way;
 * - `heard`: the app has the answer, and has not written it down.
 */
export type Point = 'before' | 'during' | 'answered' | 'heard';
export const POINTS: readonly Point[] = ['before', 'during', 'answered', 'heard'];

interface Trap {
  readonly point: Point;
  /** The how manieth call from now on. */
  call: number;
  readonly spring: () => void;
}

/** Stands between the app and the sandbox's Twilio and lets everything through, until a trap springs. */
export class TwilioGate {
  private server: Server | undefined;
  private trap: Trap | undefined;
  /** Calls that the app made to send a text. */
  creates = 0;

  constructor(private readonly target: string) {}

  /** @returns the address that the app takes for Twilio's */
  async open(): Promise<string> {
    const server = createServer((request, response) => {
      this.pass(request, response).catch(() => request.socket.destroy());
    });
    this.server = server;
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}/twilio`;
  }

  /** Resolves when the app's `call`th send from now on is at `point`; what is under way stays as it is then. */
  reaches(point: Point, call: number): Promise<void> {
    return new Promise((resolve) => {
      this.trap = { point, call, spring: resolve };
    });
  }

  disarm(): void {
    this.trap = undefined;
  }

  async close(): Promise<void> {
    this.server?.closeAllConnections();
    await new Promise((resolve) => this.server?.close(resolve));
  }

  private async pass(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body: Buffer[] = [];
    for await (const chunk of request as AsyncIterable<Buffer>) body.push(chunk);
    const point = this.pointFor(request);
    if (point === 'before') return this.spring();
    const answer = this.forward(request, Buffer.concat(body));
    if (point === 'during') return this.spring(answer.then(() => undefined));
    const { status, headers, content } = await answer;
    if (point === 'answered') return this.spring();
    response.writeHead(status, headers).end(content);
    if (point === 'heard') response.once('finish', () => this.spring());
  }

  /** Counts the sends; the trap's call, when this is it, gets the trap's point. */
  private pointFor({ method, url }: IncomingMessage): Point | undefined {
    if (method !== 'POST' || url?.endsWith('/Messages.json') !== true) return undefined;
    this.creates += 1;
    if (!this.trap) return undefined;
    this.trap.call -= 1;
    return this.trap.call === 0 ? this.trap.point : undefined;
  }

  private spring(whatGoesOn?: Promise<void>): void {
    whatGoesOn?.catch(() => undefined);
    const { trap } = this;
    this.trap = undefined;
    trap?.spring();
  }

  private forward(
    { method, url, headers }: IncomingMessage,
    body: Buffer,
  ): Promise<{ status: number; headers: IncomingMessage['headers']; content: Buffer }> {
    return new Promise((resolve, reject) => {
      const onward = httpRequest(new URL(url ?? '/', this.target), { method, headers }, (answer) => {
        const parts: Buffer[] = [];
        answer.on('data', (part: Buffer) => parts.push(part));
        answer.on('error', reject);
        answer.on('end', () =>
          resolve({ status: answer.statusCode ?? 500, headers: answer.headers, content: Buffer.concat(parts) }),
        );
      });
      onward.on('error', reject);
      onward.end(body);
    });
  }
}
