import type { AllMiddlewareArgs, SlackEventMiddlewareArgs } from '@slack/bolt';
import { textPatientFromThread } from '../../usecases/conversations/text-patient';
import { DELETED, heedChangedMessage } from '../../usecases/conversations/edited-message';
import type { Ports } from '../../usecases/ports';
import { staffFiles } from '../files';
import { isByBot } from './by-person';
import { guarded } from './guard';

type Args = SlackEventMiddlewareArgs<'message'> & AllMiddlewareArgs;

/** What a person writes in a patient's thread. Bots' messages are never texted; of a broadcast it is said why not. */
export const textPatientFromThreads =
  (ports: Ports) =>
  async ({ event }: Args): Promise<void> => {
    if (event.subtype !== undefined && event.subtype !== 'file_share' && event.subtype !== 'thread_broadcast') return;
    const isBroadcast = event.subtype === 'thread_broadcast';
    const { channel, ts, thread_ts: threadTs, user } = event;
    if (threadTs === undefined || isByBot(event)) return;
    const text = event.text ?? '';
    const files = 'files' in event ? staffFiles(event.files) : [];
    const tell = (why: string): Promise<void> => ports.room.whisper({ channel, user, threadTs }, why);
    const message = { channel, ts, threadTs, user, text, files, isBroadcast };
    await guarded(ports, tell, () => textPatientFromThread(ports, message));
  };

/** A message that a person edited or deleted: it may have been texted, or still wait. */
export const heedChangedMessages =
  (ports: Ports) =>
  async ({ event }: Args): Promise<void> => {
    if (event.subtype !== 'message_changed' && event.subtype !== 'message_deleted') return;
    const before = wordsOf(event.previous_message);
    const now = event.subtype === 'message_changed' ? wordsOf(event.message) : null;
    // Unfurled links and new replies change a message, too, and nothing that anybody wrote.
    if (before?.user === undefined || before.bot_id !== undefined || before.text === now?.text) return;
    const { channel } = event;
    const { ts, thread_ts: threadTs, user } = before;
    const text = now === null || now.subtype === 'tombstone' ? null : (now.text ?? '');
    const version = text === null ? DELETED : (now?.edited?.ts ?? event.ts);
    const change = { channel, ts, threadTs, user, text, version };
    const tell = (why: string): Promise<void> => ports.room.whisper({ channel, user, threadTs }, why);
    await guarded(ports, tell, () => heedChangedMessage(ports, change));
  };

interface Words {
  readonly ts: string;
  readonly user?: string;
  readonly bot_id?: string;
  readonly subtype?: string;
  readonly thread_ts?: string;
  readonly text?: string;
  readonly edited?: { readonly ts: string };
}

const wordsOf = (message: unknown): Words | null => (message ?? null) as Words | null;
