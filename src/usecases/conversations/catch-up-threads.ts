import type { Ports } from '../ports';
import { DELETED, heedChangedMessage, toldKey } from './edited-message';
import { replyChannels } from './route-conversation';
import { textPatientFromThread } from './text-patient';

/** What is older than this is not looked at again, in ms. */
const LOOK_BACK_MS = 3 * 24 * 3_600_000;
/** Of threads that are older, so many are read: those with the newest replies. */
const OLD_THREADS = 200;

/**
 * What staff wrote, edited or deleted in threads while nobody listened: the app was down, Slack could not reach it, it was
 * not in the channel. Found, and worked on like any other. Every message that was worked on has its mark, so what was seen
 * last does not matter: a later one may have overtaken it.
 * @param lookBackMs how long nobody may have listened
 * @throws Error when Slack did not answer somewhere: worth another try, and the rest was done
 */
export async function catchUpThreads(ports: Ports, lookBackMs = LOOK_BACK_MS): Promise<void> {
  const now = ports.clock.now().getTime();
  const since = new Date(now - LOOK_BACK_MS);
  const newsSince = new Date(now - lookBackMs);
  const failures: unknown[] = [];
  const tolerant = async (work: () => Promise<void>): Promise<void> => {
    await work().catch((error: unknown) => void failures.push(error));
  };
  const catchUp = (channel: string, threadTs: string): Promise<void> => {
    const after = String(Math.max(newsSince.getTime() / 1000, Number(threadTs)));
    return tolerant(() => catchUpThread(ports, { channel, threadTs }, after));
  };
  for (const channel of await channelsOf(ports)) {
    await tolerant(async () => {
      const threads = await ports.room.threadsOfStaff(channel, { heads: since, news: newsSince });
      for (const threadTs of threads ?? []) await catchUp(channel, threadTs);
    });
  }
  for (const { channel, threadTs } of await ports.store.conversations.recentThreads(newsSince, OLD_THREADS))
    if (threadTs !== null && Number(threadTs) * 1000 < since.getTime()) await catchUp(channel, threadTs);
  if (failures.length > 0) throw failures[0];
}

/** Where conversations may stand, and where they have stood before the clinic chose other channels. */
const channelsOf = async (ports: Ports): Promise<Set<string>> =>
  new Set([...replyChannels(ports), ...(await ports.store.conversations.channels())]);

/** One thread. @param after a ts: what is no newer is left alone */
export async function catchUpThread(
  ports: Ports,
  { channel, threadTs }: { readonly channel: string; readonly threadTs: string },
  after: string,
): Promise<void> {
  // Read before the thread is: what is texted meanwhile is not missing there.
  const conversation = await ports.store.conversations.byThread(channel, threadTs);
  if (!conversation) return;
  const texted = await ports.store.staffTexts.writtenIn({ conversationId: conversation.id, channel, after });
  const messages = await ports.room.threadMessages({ channel, threadTs }, after);
  if (messages === null) return;
  const isNew = async (ts: string, version: string): Promise<boolean> =>
    (await ports.store.posts.byKey(toldKey({ channel, ts, version }))) === null;
  for (const message of messages) {
    const { ts, user, text, editedAt: version } = message;
    await textPatientFromThread(ports, message);
    const wasTexted = texted.some(({ slackTs }) => slackTs === ts);
    if (version !== undefined && wasTexted && (await isNew(ts, version)))
      await heedChangedMessage(ports, { channel, ts, threadTs, user, text, version });
  }
  for (const { slackTs: ts, sentBy } of texted) {
    if (ts === null || messages.some((message) => message.ts === ts) || !(await isNew(ts, DELETED))) continue;
    await heedChangedMessage(ports, { channel, ts, threadTs, user: sentBy ?? 'app', text: null, version: DELETED });
  }
}
