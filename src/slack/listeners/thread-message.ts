import type { AllMiddlewareArgs, SlackEventMiddlewareArgs } from '@slack/bolt';
import { textPatientFromThread } from '../../usecases/conversations/text-patient';
import type { Ports } from '../../usecases/ports';
import { guarded } from './guard';

type Args = SlackEventMiddlewareArgs<'message'> & AllMiddlewareArgs;

/** What a person writes in a patient's thread. Bots' messages are never texted; of a broadcast it is said why not. */
export const textPatientFromThreads =
  (ports: Ports) =>
  async ({ event }: Args): Promise<void> => {
    if (event.subtype !== undefined && event.subtype !== 'file_share' && event.subtype !== 'thread_broadcast') return;
    const isBroadcast = event.subtype === 'thread_broadcast';
    const { channel, ts, thread_ts: threadTs, user } = event;
    if (threadTs === undefined || 'bot_id' in event) return;
    const text = event.text ?? '';
    const fileCount = event.subtype === 'file_share' ? (event.files ?? []).length : 0;
    const tell = (why: string): Promise<void> => ports.room.whisper({ channel, user, threadTs }, why);
    const message = { channel, ts, threadTs, user, text, fileCount, isBroadcast };
    await guarded(ports, tell, () => textPatientFromThread(ports, message));
  };
