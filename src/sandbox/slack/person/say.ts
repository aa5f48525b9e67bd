/** A person writes, edits, deletes, reacts, uploads. */
import type { SandboxFile, SayAnswer } from '../../contract';
import { HttpError } from '../../http';
import type { SlackContext } from '../context';
import { addFile } from '../files';
import { changeMessage, deleteMessage, postMessage } from '../messages';
import type { Json, Message, StoredFile } from '../model';
import { fileShared } from '../outbound/event-payloads';
import { addReaction, removeReaction } from '../reactions';
import { findParent } from '../threads';
import { fileState } from './state';
import { typedText } from './typing';
import { field, person, place, seenMessage } from './who';

const uploadedBy = (context: SlackContext, user: string, body: Json): StoredFile => {
  const bytes = Buffer.from(typeof body['base64'] === 'string' ? body['base64'] : '', 'base64');
  const mimetype = field(body, 'mimetype');
  return addFile(context, { name: field(body, 'name'), mimetype, user, size: bytes.length, bytes });
};

/** A file of this person's that is there already can be shared once more: it keeps its id. */
const sharedBy = (context: SlackContext, user: string, body: Json): StoredFile => {
  if (typeof body['id'] !== 'string') return uploadedBy(context, user, body);
  const file = context.world.files.get(body['id']);
  if (file?.user !== user || file.deleted) throw new HttpError(404, 'There is no such file.');
  return file;
};

export const say = (context: SlackContext, body: Json): SayAnswer => {
  const user = person(context, body);
  const channel = place(context, body, user);
  const text = typedText(typeof body['text'] === 'string' ? body['text'] : '');
  const given = Array.isArray(body['files']) ? (body['files'] as Json[]) : [];
  if (text === '' && given.length === 0) throw new HttpError(400, 'There is nothing to say.');
  const threadTs = typeof body['threadTs'] === 'string' ? body['threadTs'] : undefined;
  if (threadTs !== undefined && findParent(context, channel.id, threadTs) === undefined) {
    throw new HttpError(404, 'There is no such thread.');
  }
  const files = given.map((file) => sharedBy(context, user.id, file));
  const message = postMessage(context, {
    channel: channel.id,
    user: user.id,
    text,
    threadTs,
    broadcast: threadTs !== undefined && body['broadcast'] === true,
    fileIds: files.map((file) => file.id),
  });
  for (const file of files) context.events.send(fileShared(context, file, channel.id));
  return { ts: message.ts, files: files.map((file) => fileState(context, file)) };
};

const ownMessage = (context: SlackContext, body: Json): Message => {
  const user = person(context, body);
  const message = seenMessage(context, place(context, body, user), { user, ts: field(body, 'ts') });
  if (message.user !== user.id) throw new HttpError(403, 'That is somebody else’s message.');
  return message;
};

export const editMessage = (context: SlackContext, body: Json): Json => {
  const message = ownMessage(context, body);
  changeMessage(context, message, { text: typedText(field(body, 'text')), editedBy: message.user });
  return { ok: true };
};

/** An ephemeral can be dismissed by whoever it was for. */
export const removeMessage = (context: SlackContext, body: Json): Json => {
  const user = person(context, body);
  const message = seenMessage(context, place(context, body, user), { user, ts: field(body, 'ts') });
  if (message.user !== user.id && message.ephemeralFor !== user.id) {
    throw new HttpError(403, 'That is somebody else’s message.');
  }
  deleteMessage(context, message);
  return { ok: true };
};

export const react = (context: SlackContext, body: Json): Json => {
  const user = person(context, body);
  const message = seenMessage(context, place(context, body, user), { user, ts: field(body, 'ts') });
  const change = body['remove'] === true ? removeReaction : addReaction;
  change(context, message, { user: user.id, name: field(body, 'name') });
  return { ok: true };
};

const LARGEST_INPUT_FILE = 10 * 1024 * 1024;

/** Into a modal's file_input: the app does not see it before the modal is submitted. */
export const upload = (context: SlackContext, body: Json): SandboxFile => {
  const file = uploadedBy(context, person(context, body).id, body);
  if (file.size > LARGEST_INPUT_FILE) {
    context.world.files.delete(file.id);
    throw new HttpError(413, 'A file for a modal can be 10 MB at most.');
  }
  return fileState(context, file);
};
