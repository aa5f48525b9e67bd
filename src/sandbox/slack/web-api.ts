/** The Web API's front: token, faults, arguments, method, answer. Failures are HTTP 200 with `ok: false`, as Slack's are. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { parseJsonArgs, readArgs } from './args';
import { checkArguments } from './check/arguments';
import { RateLimited, SlackError } from './errors';
import { sendJson } from '../http';
import { ALL_SCOPES, METHODS } from './methods';
import type { Fault } from '../contract';
import type { SlackContext } from './context';
import type { Method } from './method';
import type { Json } from './model';

const MOST_CALLS_KEPT = 10_000;

interface Answer {
  readonly status: number;
  readonly body: Json;
  readonly headers: Record<string, string>;
}

const tokenOf = (req: IncomingMessage, args: Json): string | undefined => {
  const header = /^Bearer\s+(.+)$/i.exec(req.headers.authorization ?? '')?.[1];
  return header ?? (typeof args['token'] === 'string' ? args['token'] : undefined);
};

const scopesOf = (context: SlackContext): readonly string[] => context.options.scopes ?? ALL_SCOPES;

const authorize = (context: SlackContext, method: Method, token: string | undefined): void => {
  const { botToken, appToken } = context.options.credentials;
  if (method.token === 'none') return;
  if (token === undefined) throw new SlackError('not_authed');
  const wanted = method.token === 'app' ? appToken : botToken;
  if (token !== wanted) {
    throw new SlackError(token === botToken || token === appToken ? 'not_allowed_token_type' : 'invalid_auth');
  }
  const scopes = scopesOf(context);
  if (method.scope !== undefined && !scopes.includes(method.scope)) {
    throw new SlackError('missing_scope', [], { needed: method.scope, provided: scopes.join(',') });
  }
};

const run = (context: SlackContext, name: string, given: { args: Json; token: string | undefined }): Json => {
  const method = METHODS[name];
  if (method === undefined) throw new SlackError('unknown_method', [], { req_method: name });
  authorize(context, method, given.token);
  const args = parseJsonArgs(given.args);
  method.before?.(args);
  const checked = method.schema === undefined ? args : checkArguments(method.schema, args);
  return { ok: true, ...method.run(context, checked) };
};

const failure = (error: unknown): Answer => {
  if (error instanceof RateLimited) {
    const headers = { 'retry-after': String(error.retryAfterSeconds) };
    return { status: 429, body: { ok: false, error: 'ratelimited' }, headers };
  }
  if (!(error instanceof SlackError)) throw error;
  const metadata = error.messages.length > 0 ? { response_metadata: { messages: error.messages } } : {};
  return { status: 200, body: { ok: false, error: error.code, ...error.extra, ...metadata }, headers: {} };
};

const ordered = (fault: Fault): Answer | undefined => {
  if (fault.kind === '429') return failure(new RateLimited(fault.retryAfterSeconds));
  if (fault.kind === '500') return { status: 500, body: { ok: false, error: 'internal_error' }, headers: {} };
  return undefined;
};

const record = (context: SlackContext, call: { method: string; args: Json; body: Json }): void => {
  const { token: _secret, ...args } = call.args;
  const error = typeof call.body['error'] === 'string' ? { error: call.body['error'] } : {};
  const at = context.clock.now().toISOString();
  context.calls.push({ at, method: call.method, ok: call.body['ok'] === true, ...error, args });
  if (context.calls.length > MOST_CALLS_KEPT) context.calls.shift();
};

const perform = (context: SlackContext, name: string, given: { args: Json; token: string | undefined }): Answer => {
  try {
    return { status: 200, body: run(context, name, given), headers: {} };
  } catch (error) {
    return failure(error);
  }
};

const readable = (args: Json): Json => {
  try {
    return parseJsonArgs(args);
  } catch {
    return args;
  }
};

export const createWebApi =
  (context: SlackContext) =>
  async (req: IncomingMessage, res: ServerResponse, url: URL): Promise<void> => {
    const method = url.pathname.replace('/slack/api/', '');
    const fault = context.faults.take(method);
    if (fault?.kind === 'drop_before') return void req.socket.destroy();
    let args: Json;
    try {
      args = await readArgs(req, url);
    } catch (error) {
      const { status, body } = failure(error);
      return sendJson(res, status, body);
    }
    if (fault?.kind === 'hang') return;
    const answer = (fault && ordered(fault)) ?? perform(context, method, { args, token: tokenOf(req, args) });
    record(context, { method, args: readable(args), body: answer.body });
    if (fault?.kind === 'drop_after') return void req.socket.destroy();
    sendJson(res, answer.status, answer.body, { ...answer.headers, 'x-oauth-scopes': scopesOf(context).join(',') });
  };
