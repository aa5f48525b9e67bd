/** What an app writes to a response_url, or answers to a slash command. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { checkMessage } from '../check/message';
import { optionalList, optionalObject, optionalText, readArgs } from '../args';
import type { SlackContext } from '../context';
import { withIds } from '../elements';
import { SlackError } from '../errors';
import { sendJson } from '../../http';
import { changeMessage, deleteMessage, postMessage } from '../messages';
import { messageKey } from '../model';
import type { Json, Message } from '../model';
import type { ResponseTarget } from './response-urls';

const originalOf = ({ world }: SlackContext, { channel, messageTs }: ResponseTarget): Message | undefined => {
  const message = messageTs === undefined ? undefined : world.messagesByTs.get(messageKey(channel, messageTs));
  return message?.deleted === true ? undefined : message;
};

const isTrue = (value: unknown): boolean => value === true || value === 'true';

export const postResponse = (context: SlackContext, target: ResponseTarget, args: Json): void => {
  const original = originalOf(context, target);
  if (isTrue(args['delete_original'])) {
    if (original !== undefined) deleteMessage(context, original);
    return;
  }
  const given = {
    text: optionalText(args, 'text'),
    blocks: optionalList(args, 'blocks'),
    attachments: optionalList(args, 'attachments'),
    metadata: optionalObject(args, 'metadata'),
  };
  checkMessage({ ...given, markdownText: undefined });
  if (given.text === undefined && !given.blocks?.length && !given.attachments?.length) throw new SlackError('no_text');
  const blocks = given.blocks && withIds(given.blocks);
  if (isTrue(args['replace_original']) && original !== undefined) {
    return changeMessage(context, original, { ...given, blocks });
  }
  postMessage(context, {
    channel: target.channel,
    user: context.world.app.botUserId,
    byApp: true,
    text: given.text ?? '',
    blocks: blocks ?? [],
    attachments: given.attachments ?? [],
    metadata: given.metadata,
    // By itself an answer stays outside the thread in which the button was pressed.
    threadTs: optionalText(args, 'thread_ts'),
    ...(args['response_type'] !== 'in_channel' && { ephemeralFor: target.user }),
  });
};

/** `POST /slack/response/<id>` */
export const handleResponseUrl = async (
  context: SlackContext,
  exchange: { req: IncomingMessage; res: ServerResponse; url: URL },
): Promise<void> => {
  const { req, res, url } = exchange;
  const args = await readArgs(req, url);
  const use = context.responseUrls.use(url.pathname.split('/').at(-1) ?? '');
  if ('error' in use) return sendJson(res, 404, { ok: false, error: use.error });
  try {
    postResponse(context, use.target, args);
    res.writeHead(200, { 'content-type': 'text/plain' });
    res.end('ok');
  } catch (error) {
    if (!(error instanceof SlackError)) throw error;
    sendJson(res, 400, { ok: false, error: error.code, response_metadata: { messages: error.messages } });
  }
};
