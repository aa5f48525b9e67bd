import type { AllMiddlewareArgs, SlackEventMiddlewareArgs } from '@slack/bolt';
import { decideByReaction } from '../../usecases/campaigns/decide-campaign';
import type { Ports } from '../../usecases/ports';
import { reactionKind } from '../staff-room';
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
