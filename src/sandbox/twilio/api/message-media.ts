/** Messages/{sid}/Media: the list, one entry, and the content. */
import type { MediaRecord } from '../core/record';
import type { Answer, Call } from './call';
import { notFound } from './errors';
import { findMessage } from './one-message';
import { mediaResource } from './resource';

const findMedia = (call: Call): MediaRecord => {
  const media = findMessage(call).media.find((item) => item.sid === call.sids[1]);
  if (media === undefined) throw notFound(call.path);
  return media;
};

export const listMedia = (call: Call): Answer => {
  const { accountSid } = call.world.options.credentials;
  const media_list = findMessage(call).media.map((item) => mediaResource(accountSid, item));
  const ends = { first_page_uri: call.path, next_page_uri: null, previous_page_uri: null, uri: call.path };
  return { status: 200, body: { media_list, ...ends, page: 0, page_size: 50, start: 0, end: media_list.length } };
};

export const fetchMedia = (call: Call): Answer => ({
  status: 200,
  body: mediaResource(call.world.options.credentials.accountSid, findMedia(call)),
});

/** Twilio keeps the content elsewhere and redirects there; that other place asks for no password. */
export const fetchMediaContent = (call: Call): Answer => {
  const media = findMedia(call);
  const location = media.url ?? `${call.world.options.baseUrl()}/twilio/control/media/${media.sid}`;
  return { status: 307, headers: { location } };
};

export const deleteMedia = (call: Call): Answer => {
  const media = findMedia(call);
  call.world.messages.removeMedia(findMessage(call), media.sid);
  return { status: 204 };
};
