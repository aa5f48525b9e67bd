/** The way to the app: by its WebSocket when it has one open, else to its request address. */
import type { SlackOptions } from '../options';
import type { Json } from '../model';
import type { AppAnswer, EnvelopeKind, Retry } from './envelope';
import { postSigned } from './signed-post';
import type { SocketMode } from './socket-mode';

export interface AppLink {
  send(kind: EnvelopeKind, payload: Json, retry?: Retry): Promise<AppAnswer>;
  /** Asks the address for the challenge first, as Slack does before it accepts one. False: the answer was wrong. */
  setRequestUrl(url: string): Promise<boolean>;
}

const bodyOf = (kind: EnvelopeKind, payload: Json): { body: string; contentType: string } => {
  if (kind === 'events_api') return { body: JSON.stringify(payload), contentType: 'application/json' };
  const fields = kind === 'interactive' ? { payload: JSON.stringify(payload) } : (payload as Record<string, string>);
  return { body: new URLSearchParams(fields).toString(), contentType: 'application/x-www-form-urlencoded' };
};

export const createAppLink = (options: SlackOptions, sockets: SocketMode): AppLink => {
  const timeoutMs = options.ackTimeoutMs ?? 3000;
  const signingSecret = options.credentials.signingSecret;
  let requestUrl: string | undefined;
  return {
    send: async (kind, payload, retry) => {
      if (sockets.isConnected()) return sockets.send(kind, payload, retry);
      if (requestUrl === undefined) return { kind: 'unreachable' };
      const headers: Record<string, string> =
        retry === undefined ? {} : { 'x-slack-retry-num': String(retry.number), 'x-slack-retry-reason': retry.reason };
      return postSigned({ url: requestUrl, ...bodyOf(kind, payload), signingSecret, timeoutMs, headers });
    },
    setRequestUrl: async (url) => {
      const challenge = `challenge-${Date.now()}`;
      const payload = { type: 'url_verification', token: 'verification-token', challenge };
      const answer = await postSigned({ url, ...bodyOf('events_api', payload), signingSecret, timeoutMs });
      const accepted = answer.kind === 'answered' && answer.status === 200 && answer.body.includes(challenge);
      if (accepted) requestUrl = url;
      return accepted;
    },
  };
};
