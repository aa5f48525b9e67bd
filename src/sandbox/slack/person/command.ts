/** A person types a slash command; the acknowledgement may carry a message. */
import type { AckAnswer } from '../../contract';
import { HttpError } from '../../http';
import { slackUrl } from '../context';
import type { SlackContext } from '../context';
import { SlackError } from '../errors';
import type { Json } from '../model';
import { postResponse } from '../outbound/response-message';
import type { AppAnswer } from '../outbound/envelope';
import { field, person, place } from './who';

export const unanswered = (answer: AppAnswer): AckAnswer | undefined => {
  if (answer.kind === 'timeout') return { ok: false, status: 0, error: 'operation_timeout' };
  if (answer.kind === 'unreachable') return { ok: false, status: 0, error: 'dispatch_failed' };
  if (answer.status === 200) return undefined;
  return { ok: false, status: answer.status, error: 'dispatch_failed' };
};

/** Plain text, or JSON of a message; Bolt's `ack('…')` sends the former. */
const messageIn = (body: string): Json | undefined => {
  if (body.trim() === '') return undefined;
  try {
    const value: unknown = JSON.parse(body);
    if (typeof value === 'object' && value !== null) return value as Json;
  } catch {
    return { text: body };
  }
  return { text: body };
};

export const runCommand = async (context: SlackContext, body: Json): Promise<AckAnswer> => {
  const user = person(context, body);
  const channel = place(context, body, user);
  const command = field(body, 'command');
  if (!/^\/[a-z0-9_-]+$/.test(command)) throw new HttpError(400, 'A command is a slash and lowercase letters.');
  const target = { user: user.id, channel: channel.id };
  const answer = await context.link.send('slash_commands', {
    token: 'verification-token',
    team_id: context.world.team.id,
    team_domain: context.world.team.domain,
    channel_id: channel.id,
    channel_name: channel.name,
    user_id: user.id,
    user_name: user.name,
    command,
    text: typeof body['text'] === 'string' ? body['text'].trim() : '',
    api_app_id: context.world.app.id,
    is_enterprise_install: 'false',
    response_url: slackUrl(context, `response/${context.responseUrls.issue(target)}`),
    trigger_id: context.triggers.issue(target),
  });
  const failed = unanswered(answer);
  if (failed !== undefined || answer.kind !== 'answered') return failed ?? { ok: false, status: 0 };
  return immediate(context, target, messageIn(answer.body));
};

const immediate = (context: SlackContext, target: { user: string; channel: string }, message?: Json): AckAnswer => {
  if (message === undefined) return { ok: true, status: 200 };
  try {
    postResponse(context, target, message);
    return { ok: true, status: 200 };
  } catch (error) {
    if (!(error instanceof SlackError)) throw error;
    return { ok: false, status: 200, error: error.message };
  }
};
