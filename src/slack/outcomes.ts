import { ErrorCode } from '@slack/web-api';
import type { PostOutcome } from '../usecases/ports';

/** Slack's "not so fast" with a 200: nothing was done. */
const TOO_FAST = new Set(['ratelimited', 'rate_limited']);

/** Answers of Slack after which nobody knows whether it was done. */
const PASSING = new Set(['internal_error', 'fatal_error', 'service_unavailable', 'request_timeout']);

/** A channel that the app cannot look into or post in. */
const CLOSED = new Set(['not_in_channel', 'channel_not_found', 'is_archived', 'is_inactive']);

export const isClosed = (outcome: PostOutcome): boolean => outcome.kind === 'refused' && CLOSED.has(outcome.error);

interface SlackFailure {
  readonly code?: unknown;
  readonly retryAfter?: unknown;
  readonly statusCode?: unknown;
  readonly data?: { readonly error?: unknown };
  readonly original?: { readonly code?: unknown };
}

/** What an error of the Web API says about the post: not there, perhaps there, never to be there. */
export function outcomeOf(error: unknown): PostOutcome {
  const { code, retryAfter, statusCode, data, original } = (error ?? {}) as SlackFailure;
  const seconds = typeof retryAfter === 'number' ? retryAfter : 1;
  if (code === ErrorCode.RateLimitedError) return { kind: 'busy', retryAfterMs: seconds * 1000 };
  if (code === ErrorCode.PlatformError) {
    const said = typeof data?.error === 'string' ? data.error : 'unknown_error';
    // A page of somebody in between, which the client passes on as the error.
    if (!/^[a-z_]+$/.test(said)) return { kind: 'unknown' };
    if (TOO_FAST.has(said)) return { kind: 'busy', retryAfterMs: seconds * 1000 };
    return PASSING.has(said) ? { kind: 'unknown' } : { kind: 'refused', error: said };
  }
  if (code === ErrorCode.HTTPError && statusCode === 429) return { kind: 'busy', retryAfterMs: 1000 };
  if (code === ErrorCode.RequestError && original?.code === 'ECONNREFUSED') return { kind: 'busy', retryAfterMs: 2000 };
  return { kind: 'unknown' };
}

/** Slack's own name of what went wrong, when it answered at all. */
export const slackError = (error: unknown): string | null => {
  const { data } = (error ?? {}) as SlackFailure;
  return typeof data?.error === 'string' ? data.error : null;
};

/** Whether a call of the Web API failed, for whatever reason. */
export const isSlacks = (error: unknown): boolean =>
  String((error as SlackFailure | null)?.code).startsWith('slack_webapi_');
