import type { AllMiddlewareArgs, SlackEventMiddlewareArgs } from '@slack/bolt';
import { type DroppedFile, isFirstRefusal, startImport } from '../../usecases/patients/start-import';
import type { Ports } from '../../usecases/ports';
import { persistently } from '../patiently';
import { isByBot } from './by-person';
import { guarded } from './guard';

type MessageArgs = SlackEventMiddlewareArgs<'message'> & AllMiddlewareArgs;
type FileArgs = SlackEventMiddlewareArgs<'file_shared'> & AllMiddlewareArgs;

/** Files that are told of are taken for patients only where files are meant to be dropped. */
const isImportPlace = ({ clinic }: Ports, channel: string, isDirect: boolean): boolean =>
  isDirect || (clinic.channels.imports !== undefined && channel === clinic.channels.imports);

/** A file dropped in the imports channel or in a DM to the app: its card appears in its thread. */
export const importDroppedFile =
  (ports: Ports) =>
  async ({ event }: MessageArgs): Promise<void> => {
    if ((event.subtype !== 'file_share' && event.subtype !== undefined) || isByBot(event)) return;
    const { channel, user, ts, files = [] } = event;
    if (!isImportPlace(ports, channel, channel.startsWith('D'))) return;
    for (const { id, name } of files) {
      const place = { channel, messageTs: ts, threadTs: event.thread_ts ?? ts };
      await take(ports, { fileId: id, fileName: name ?? '', ...place }, user);
    }
  };

/** Slack tells of the same file in two events, in any order; whichever comes first begins, and the other finds it begun. */
export const importSharedFile =
  (ports: Ports) =>
  async ({ event, client, context }: FileArgs): Promise<void> => {
    const { file_id: fileId, channel_id: channel, user_id: user } = event;
    // Rejected rows that we put into the thread are told of, too.
    if (user === context.botUserId) return;
    if (!isImportPlace(ports, channel, channel.startsWith('D'))) return;
    // The message event carries the thread; this one is waited with, so that the card finds its place.
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    const { file } = await persistently(() => client.files.info({ file: fileId }));
    const shares = { ...file?.shares?.private, ...file?.shares?.public }[channel];
    const { ts: messageTs, thread_ts: threadTs = messageTs } = shares?.[0] ?? {};
    await take(ports, { fileId, fileName: file?.name ?? '', channel, messageTs, threadTs }, user);
  };

async function take(ports: Ports, file: DroppedFile, user: string): Promise<void> {
  const tell = async (text: string): Promise<void> => {
    if (await isFirstRefusal(ports, file)) await ports.room.whisper({ channel: file.channel, user }, text);
  };
  await guarded(ports, tell, () => startImport(ports, file, user));
}
