import type { AllMiddlewareArgs, SlackEventMiddlewareArgs } from '@slack/bolt';
import { decideByReaction } from '../../usecases/campaigns/decide-campaign';
import { noteRejectReason } from '../../usecases/campaigns/reject-reason';
import { heedDeletedRequest } from '../../usecases/posts/waiting-requests';
import type { Ports } from '../../usecases/ports';
import { reactionKind } from '../staff-room';
import { isByBot } from './by-person';
import { guarded } from './guard';

type Args = SlackEventMiddlewareArgs<'reaction_added' | 'reaction_removed'> & AllMiddlewareArgs;

/** ✅ and ❌ on an approval card. Who reacts without effect is told quietly why. */
export const decideByReactions =
  (ports: Ports, { removed }: { removed: boolean }) =>
  async ({ event }: Args): Promise<void> => {
    const kind = reactionKind(event.reaction);
    if (kind === null) return;
    const { channel, ts } = event.item;
    const tell = (text: string): Promise<void> => ports.room.whisper({ channel, user: event.user }, text);
    await guarded(ports, tell, async () => {
      const why = await decideByReaction(ports, { channel, ts, user: event.user, kind, removed });
      if (why !== null) await tell(why);
    });
  };

/** A card that an admin of the workspace has deleted: what waits for a decision comes again. */
export const bringBackDeletedRequests =
  (ports: Ports) =>
  async ({ event }: MessageArgs): Promise<void> => {
    const { channel } = event;
    if (event.subtype === 'message_deleted') await heedDeletedRequest(ports, { channel, ts: event.deleted_ts });
    // The head of a thread leaves a stub.
    if (event.subtype === 'message_changed' && (event.message.subtype as string | undefined) === 'tombstone')
      await heedDeletedRequest(ports, { channel, ts: event.message.ts });
  };

type MessageArgs = SlackEventMiddlewareArgs<'message'> & AllMiddlewareArgs;

/** What is written in the thread of a request that was rejected may be the reason that was asked for. */
export const rejectReasonFromThreads =
  (ports: Ports) =>
  async ({ event }: MessageArgs): Promise<void> => {
    if (event.subtype !== undefined || isByBot(event) || event.thread_ts === undefined) return;
    const { channel, ts, thread_ts: threadTs, user, text = '' } = event;
    const message = { channel, ts, threadTs, user, text, files: [], isBroadcast: false };
    const tell = (why: string): Promise<void> => ports.room.whisper({ channel, user, threadTs }, why);
    await guarded(ports, tell, () => noteRejectReason(ports, message));
  };
