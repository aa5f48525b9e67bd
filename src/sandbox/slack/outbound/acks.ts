/** Envelopes that were sent through a socket and wait to be acknowledged through the same. */
import type { WebSocket } from 'ws';
import { newSecret } from '../ids';
import type { Json } from '../model';
import type { AppAnswer } from './envelope';

export interface Acks {
  /** An id for an envelope, and what becomes of it. */
  expect(socket: WebSocket): { readonly id: string; readonly answer: Promise<AppAnswer> };
  receive(data: string): void;
  /** The socket, or every socket, is gone. */
  abandon(socket?: WebSocket): void;
}

interface Waiting {
  readonly socket: WebSocket;
  readonly settle: (answer: AppAnswer) => void;
}

const answerFrom = (payload: unknown): AppAnswer => {
  const isEmpty = typeof payload !== 'object' || payload === null || Object.keys(payload).length === 0;
  return { kind: 'answered', status: 200, body: isEmpty ? '' : JSON.stringify(payload), noRetry: false };
};

export const createAcks = (timeoutMs: number): Acks => {
  const waiting = new Map<string, Waiting>();

  const expect = (socket: WebSocket): { id: string; answer: Promise<AppAnswer> } => {
    const id = `${newSecret().slice(0, 8)}-${newSecret().slice(0, 12)}`;
    const answer = new Promise<AppAnswer>((resolve) => {
      const settle = (result: AppAnswer): void => {
        clearTimeout(timer);
        waiting.delete(id);
        resolve(result);
      };
      const timer = setTimeout(() => settle({ kind: 'timeout' }), timeoutMs);
      waiting.set(id, { socket, settle });
    });
    return { id, answer };
  };

  return {
    expect,
    receive: (data) => {
      try {
        const { envelope_id: id, payload } = JSON.parse(data) as Json;
        waiting.get(String(id))?.settle(answerFrom(payload));
      } catch {
        // Slack ignores what it cannot read; the envelope then counts as not acknowledged.
      }
    },
    abandon: (socket) => {
      for (const one of [...waiting.values()]) {
        if (socket === undefined || one.socket === socket) one.settle({ kind: 'unreachable' });
      }
    },
  };
};
