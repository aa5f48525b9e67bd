/** What a Web API method throws: Slack answers it as `{ ok: false, error }` with HTTP 200. */
import type { Json } from './model';

export class SlackError extends Error {
  constructor(
    readonly code: string,
    /** Slack's explanations, as in `response_metadata.messages`. */
    readonly messages: readonly string[] = [],
    readonly extra: Json = {},
  ) {
    super(messages.length > 0 ? `${code}: ${messages.join(' ')}` : code);
    this.name = 'SlackError';
  }
}

/** The one failure that Slack also tells by the HTTP status. */
export class RateLimited extends Error {
  constructor(readonly retryAfterSeconds: number) {
    super('ratelimited');
    this.name = 'RateLimited';
  }
}
