import type { WebClient } from '@slack/web-api';
import type { Card } from '../domain/cards/card';
import type { Mark, Place, PostOutcome, StaffRoom, StandingReaction } from '../usecases/ports';
import type { PostId } from '../usecases/posts/post-id';
import { hiddenView } from './blocks/forms/reveal-form';
import { renderCard } from './blocks/render-card';
import { openSlackFile } from './files';
import { findPost } from './find-post';
import { namesOfUsers } from './names-of-users';
import { findFile, uploadRejected } from './rejected-files';
import { uploadPicture } from './patients-pictures';
import { isClosed, outcomeOf, slackError } from './outcomes';
import { postSummary } from './post-summary';
import { patiently } from './patiently';
import { threadMessages, threadsOfStaff } from './thread-messages';

export interface StaffRoomSettings {
  readonly botToken: string;
  readonly apiUrl: string;
}

/** Marks posts as ours, so that one whose outcome is unknown can be found. Anyone's app can read it: an id, no more. */
const EVENT_TYPE = 'carethread_post';

const EMOJI: Readonly<Record<Mark, string>> = {
  waiting: 'hourglass_flowing_sand',
  done: 'white_check_mark',
  failed: 'warning',
  note: 'memo',
};

/** The staff's Slack, as the use cases see it. */
export const createStaffRoom = (client: WebClient, settings: StaffRoomSettings): StaffRoom => ({
  post: (place, card, id) => post(client, place, { card, id }),
  update: ({ channel, ts }, card) => {
    // A summary stands as it was posted.
    if (card.kind === 'summary') return Promise.resolve({ kind: 'posted', channel, ts });
    const { text, blocks } = renderCard(card);
    return posting(() => client.chat.update({ channel, ts, text, blocks }), { channel, ts });
  },
  find: (place, id, since) => findPost(client, place, { id, since }),
  mark: (place, mark) => setMark(client, place, mark),
  whisper: async ({ channel, threadTs, user }, text) => {
    await client.chat.postEphemeral({
      channel,
      user,
      text,
      ...(threadTs === undefined ? {} : { thread_ts: threadTs }),
    });
  },
  threadMessages: (place, after) => threadMessages(client, place, after),
  threadsOfStaff: (channel, since) => threadsOfStaff(client, channel, since),
  reactions: (place) => standingReactions(client, place),
  giveFile: async (user, { name, content, comment }) => {
    const channel = await openDirectChannel(client, user);
    await client.filesUploadV2({ channel_id: channel, filename: name, file: content, initial_comment: comment });
  },
  postRejected: (place, file, id) => uploadRejected(client, place, { ...file, id }),
  postPicture: (place, picture, id) => uploadPicture(client, place, { ...picture, id }),
  findFile: (place, id, since) => findFile(client, place, { id, since }),
  permalink: permalinks(client),
  nameOf: namesOfUsers(client),
  directChannel: (user) => directChannel(client, user),
  hideRevealed: (viewId) => hideRevealed(client, viewId),
  openFile: (file) => openSlackFile(client, file, settings),
  check: async () => {
    await client.auth.test();
  },
});

function post(client: WebClient, place: Place, { card, id }: { card: Card; id: PostId }): Promise<PostOutcome> {
  if (card.kind === 'summary') {
    const since = new Date(Number(place.threadTs ?? 0) * 1000);
    return posting(() =>
      postSummary(client, place, { card, id: id.key, find: () => findPost(client, place, { id, since }) }),
    );
  }
  const { text, blocks } = renderCard(card);
  const metadata = {
    event_type: EVENT_TYPE,
    event_payload: { id: id.key, ...(id.origin !== undefined && { origin: id.origin }) },
  };
  return posting(() =>
    client.chat.postMessage({ ...target(place), text, blocks, metadata, unfurl_links: false, unfurl_media: false }),
  );
}

const target = ({ channel, threadTs, broadcast }: Place) =>
  threadTs === undefined ? { channel } : { channel, thread_ts: threadTs, reply_broadcast: broadcast === true };

async function posting(
  call: () => Promise<{ channel?: unknown; ts?: string | undefined }>,
  known?: { channel: string; ts: string },
): Promise<PostOutcome> {
  try {
    const answer = await call();
    if (known) return { kind: 'posted', ...known };
    if (typeof answer.channel !== 'string' || answer.ts === undefined) return { kind: 'unknown' };
    return { kind: 'posted', channel: answer.channel, ts: answer.ts };
  } catch (error) {
    return outcomeOf(error);
  }
}

async function hideRevealed(client: WebClient, viewId: string): Promise<'hidden' | 'gone'> {
  try {
    await client.views.update({ view_id: viewId, view: hiddenView() });
    return 'hidden';
  } catch (error) {
    if (outcomeOf(error).kind !== 'refused') throw error;
    return 'gone';
  }
}

/** A link never changes: asked once. */
function permalinks(client: WebClient): StaffRoom['permalink'] {
  const known = new Map<string, string>();
  return async ({ channel, ts }) => {
    const key = `${channel}:${ts}`;
    const link = known.get(key);
    if (link !== undefined) return link;
    try {
      const { permalink } = await client.chat.getPermalink({ channel, message_ts: ts });
      if (permalink !== undefined) known.set(key, permalink);
      return permalink ?? null;
    } catch {
      return null;
    }
  };
}

async function openDirectChannel(client: WebClient, user: string): Promise<string> {
  const { channel } = await client.conversations.open({ users: user });
  return channel?.id ?? user;
}

/** Where Slack does not open it (no scope, or trouble), a person's own id will do for posts; for files it will not. */
const directChannel = (client: WebClient, user: string): Promise<string> =>
  openDirectChannel(client, user).catch(() => user);

/** Adding and removing are idempotent: `already_reacted` and `no_reaction` are as good as done. */
async function setMark(
  client: WebClient,
  { channel, ts }: { channel: string; ts: string },
  mark: Mark,
): Promise<PostOutcome> {
  try {
    await tolerating('already_reacted', () => client.reactions.add({ channel, timestamp: ts, name: EMOJI[mark] }));
    for (const [other, name] of Object.entries(EMOJI)) {
      const wasPossible = mark !== 'note' && other !== 'note' && other !== mark && mark !== 'waiting';
      if (wasPossible) await tolerating('no_reaction', () => client.reactions.remove({ channel, timestamp: ts, name }));
    }
    return { kind: 'posted', channel, ts };
  } catch (error) {
    const outcome = outcomeOf(error);
    // The staff member has deleted the message: there is nothing left to mark.
    return outcome.kind === 'refused' && outcome.error === 'message_not_found'
      ? { kind: 'posted', channel, ts }
      : outcome;
  }
}

async function tolerating(accepted: string, call: () => Promise<unknown>): Promise<void> {
  try {
    await call();
  } catch (error) {
    if (slackError(error) !== accepted) throw error;
  }
}

async function standingReactions(
  client: WebClient,
  { channel, ts }: { channel: string; ts: string },
): Promise<StandingReaction[] | 'deleted' | null> {
  const asked = { channel, timestamp: ts, full: true };
  const answer = await patiently(() => client.reactions.get(asked)).catch((error: unknown) => {
    const outcome = outcomeOf(error);
    if (outcome.kind === 'refused' && outcome.error === 'message_not_found') return 'deleted' as const;
    if (isClosed(outcome)) return null;
    throw error;
  });
  if (answer === null || answer === 'deleted') return answer;
  const message: { readonly subtype?: string; readonly reactions?: { name?: string; users?: string[] }[] } =
    answer.message ?? {};
  const { subtype, reactions = [] } = message;
  if (subtype === 'tombstone') return 'deleted';
  return reactions.flatMap(({ name, users }) => {
    const kind = reactionKind(name ?? '');
    return kind === null ? [] : (users ?? []).map((user) => ({ user, kind }));
  });
}

export const reactionKind = (name: string): 'approve' | 'reject' | null =>
  name === 'white_check_mark' ? 'approve' : name === 'x' ? 'reject' : null;
