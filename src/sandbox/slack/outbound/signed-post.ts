/** A signed request to the app, as Slack makes it. The signature's time is the real one: the app compares it with its own. */
import { createHmac } from 'node:crypto';
import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { AppAnswer } from './envelope';

export interface SignedPost {
  readonly url: string;
  readonly body: string;
  readonly contentType: string;
  readonly signingSecret: string;
  readonly timeoutMs: number;
  readonly headers?: Record<string, string>;
}

export const signatureOf = (signingSecret: string, timestamp: string, body: string): string =>
  `v0=${createHmac('sha256', signingSecret).update(`v0:${timestamp}:${body}`).digest('hex')}`;

export const postSigned = (post: SignedPost): Promise<AppAnswer> =>
  new Promise((resolve) => {
    const timestamp = String(Math.floor(Date.now() / 1000));
    const make = post.url.startsWith('https:') ? httpsRequest : httpRequest;
    const headers = {
      'content-type': post.contentType,
      'content-length': String(Buffer.byteLength(post.body)),
      'user-agent': 'Slackbot 1.0 (+https://api.slack.com/robots)',
      'x-slack-request-timestamp': timestamp,
      'x-slack-signature': signatureOf(post.signingSecret, timestamp, post.body),
      ...post.headers,
    };
    // `agent: false`: a connection of its own, so that nothing is kept open towards an app that is being stopped.
    const request = make(post.url, { method: 'POST', headers, agent: false }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => {
        clearTimeout(timer);
        const noRetry = response.headers['x-slack-no-retry'] === '1';
        const body = Buffer.concat(chunks).toString('utf8');
        resolve({ kind: 'answered', status: response.statusCode ?? 0, body, noRetry });
      });
      response.on('error', () => resolve({ kind: 'unreachable' }));
    });
    const timer = setTimeout(() => {
      resolve({ kind: 'timeout' });
      request.destroy();
    }, post.timeoutMs);
    request.on('error', () => {
      clearTimeout(timer);
      resolve({ kind: 'unreachable' });
    });
    request.end(post.body);
  });
