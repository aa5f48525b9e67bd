import { optionalList, optionalText, requiredText } from '../args';
import { checkMessage } from '../check/message';
import { slackUrl } from '../context';
import type { SlackContext } from '../context';
import { withIds } from '../elements';
import { SlackError } from '../errors';
import { addFile, mimetypeOf } from '../files';
import { fileJson } from '../format';
import { postMessage } from '../messages';
import { joinedChannel } from '../method';
import type { MethodTable } from '../method';
import type { Json, StoredFile } from '../model';
import { fileShared } from '../outbound/event-payloads';
import { findParent } from '../threads';

const visibleFile = (context: SlackContext, id: string): StoredFile => {
  const file = context.world.files.get(id);
  if (file === undefined || !file.visibleToApp) throw new SlackError('file_not_found');
  if (file.deleted) throw new SlackError('file_deleted');
  return file;
};

const info = (context: SlackContext, args: Json): Json => ({
  file: fileJson(context, visibleFile(context, requiredText(args, 'file'))),
  comments: [],
  response_metadata: { next_cursor: '' },
});

const uploadUrl = (context: SlackContext, args: Json): Json => {
  const name = requiredText(args, 'filename');
  const size = Number(requiredText(args, 'length'));
  if (!Number.isInteger(size) || size < 1)
    throw new SlackError('invalid_arguments', ['[ERROR] length must be positive']);
  const file = addFile(context, { name, mimetype: mimetypeOf(name), user: context.world.app.botUserId, size });
  return { upload_url: slackUrl(context, `files/upload/v1/${file.id}`), file_id: file.id };
};

const completeOne = (context: SlackContext, item: Json): StoredFile => {
  const file = context.world.files.get(String(item['id']));
  const isOwn = file?.user === context.world.app.botUserId;
  if (file?.bytes === undefined || !isOwn) throw new SlackError('file_not_found');
  if (file.visibleToApp) throw new SlackError('file_already_completed');
  return file;
};

const complete = (context: SlackContext, args: Json): Json => {
  const items = optionalList(args, 'files') ?? [];
  if (items.length === 0) throw new SlackError('invalid_arguments', ['[ERROR] missing required field: files']);
  const files = items.map((item) => completeOne(context, item));
  const channelId = optionalText(args, 'channel_id');
  const threadTs = optionalText(args, 'thread_ts');
  const channel = channelId === undefined ? undefined : joinedChannel(context, channelId);
  if (channel && threadTs && findParent(context, channel.id, threadTs) === undefined) {
    throw new SlackError('thread_not_found');
  }
  const text = optionalText(args, 'initial_comment');
  const blocks = text === undefined ? optionalList(args, 'blocks') : undefined;
  checkMessage({ text, blocks, attachments: undefined, metadata: undefined, markdownText: undefined });
  files.forEach((file, index) => {
    file.title = optionalText(items[index] ?? {}, 'title') ?? file.title;
    file.visibleToApp = true;
  });
  if (channel !== undefined) {
    const fileIds = files.map((file) => file.id);
    const user = context.world.app.botUserId;
    const content = { text: text ?? '', blocks: withIds(blocks ?? []), fileIds };
    postMessage(context, { channel: channel.id, user, byApp: true, threadTs, ...content });
    for (const file of files) context.events.send(fileShared(context, file, channel.id));
  }
  return { files: files.map((file) => fileJson(context, file)) };
};

/** An app may delete its own files only. */
const remove = (context: SlackContext, args: Json): Json => {
  const file = visibleFile(context, requiredText(args, 'file'));
  if (file.user !== context.world.app.botUserId) throw new SlackError('cant_delete_file');
  file.deleted = true;
  delete file.bytes;
  context.changed();
  return {};
};

export const fileMethods: MethodTable = {
  'files.info': { scope: 'files:read', schema: 'FilesInfoArguments', run: info },
  'files.getUploadURLExternal': {
    scope: 'files:write',
    schema: 'FilesGetUploadURLExternalArguments',
    run: uploadUrl,
  },
  'files.completeUploadExternal': {
    scope: 'files:write',
    schema: 'FilesCompleteUploadExternalArguments',
    run: complete,
  },
  'files.delete': { scope: 'files:write', schema: 'FilesDeleteArguments', run: remove },
};
