/** The sandbox's clock: this machine's, moved forward at will. Whoever follows it hears of every move. */
import type { ClockReading } from './contract';
import { HttpError, openSse, readJson, sendFailure, sendJson } from './http';
import type { EventStream, Handler } from './http';

export interface SandboxClock {
  now(): Date;
  offsetMs(): number;
  /** Forward only: throws otherwise. */
  moveTo(date: Date): void;
  /** Returns what ends the listening. */
  onMove(listener: () => void): () => void;
}

export const createClock = (startAt?: Date): SandboxClock => {
  let offset = startAt === undefined ? 0 : startAt.getTime() - Date.now();
  const listeners = new Set<() => void>();
  const now = (): Date => new Date(Date.now() + offset);
  return {
    now,
    offsetMs: () => offset,
    moveTo: (date) => {
      if (Number.isNaN(date.getTime())) throw new HttpError(400, 'That is not a time.');
      if (date < now()) throw new HttpError(409, 'The clock only moves forward.');
      offset = date.getTime() - Date.now();
      for (const listener of [...listeners]) listener();
    },
    onMove: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
};

const reading = (clock: SandboxClock): ClockReading => ({
  now: clock.now().toISOString(),
  offsetMs: clock.offsetMs(),
});

const targetOf = (body: Record<string, unknown>, clock: SandboxClock): Date => {
  if (typeof body['now'] === 'string') return new Date(body['now']);
  if (typeof body['advanceMs'] === 'number') return new Date(clock.now().getTime() + body['advanceMs']);
  throw new HttpError(400, 'Give { now: ISO time } or { advanceMs: number }.');
};

export interface ClockRoutes {
  readonly handle: Handler;
  close(): void;
}

/** `/clock` and `/clock/stream`. The answer to a move is sent after every open stream was written to. */
export const createClockRoutes = (clock: SandboxClock): ClockRoutes => {
  const streams = new Set<EventStream>();
  const stopListening = clock.onMove(() => {
    for (const stream of streams) stream.send('clock', reading(clock));
  });
  const handle: Handler = async (req, res, url) => {
    try {
      if (url.pathname === '/clock/stream') {
        const stream = openSse(req, res);
        streams.add(stream);
        res.on('close', () => streams.delete(stream));
        return stream.send('clock', reading(clock));
      }
      if (req.method === 'POST') clock.moveTo(targetOf(await readJson(req), clock));
      sendJson(res, 200, reading(clock));
    } catch (error) {
      sendFailure(res, error);
    }
  };
  return {
    handle,
    close: () => {
      stopListening();
      for (const stream of streams) stream.close();
    },
  };
};
