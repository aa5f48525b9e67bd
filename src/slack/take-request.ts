import type { IncomingMessage, ServerResponse } from 'node:http';
import { readBody } from '../read-body';
import { isOfSlack } from './request-shape';

/** Bolt's own. The largest that Slack sends is a form with everything in it. */
const BODY_LIMIT = 4 * 1024 * 1024;

type Listener = (request: IncomingMessage, response: ServerResponse) => void;

/**
 * Hands Bolt what it can take: too large is 413, and what Slack does not send is 400 (Bolt 5.1 throws on a signed `null` where
 * nobody catches it, which would end the process; to much else it answers 500, or 404 after three seconds). Signatures, and
 * what is not JSON at all, are Bolt's to judge.
 */
export const takeRequest =
  (listener: Listener) =>
  async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const rawBody = await readBody(request, BODY_LIMIT);
    const refusal =
      rawBody === null ? 413 : isOfSlack(rawBody.toString('utf8'), request.headers['content-type']) ? null : 400;
    if (refusal !== null) {
      response.writeHead(refusal).end();
      return;
    }
    listener(Object.assign(request, { rawBody }), response);
  };
