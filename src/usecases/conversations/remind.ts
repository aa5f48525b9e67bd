import { clinicHoursOf } from '../../domain/conversation-settings';
import { isOpen } from '../../domain/texting-window';
import type { Ports } from '../ports';
import { headKey } from './show-reply';
import type { Reminder } from './thread-cards';

const HOUR_MS = 3_600_000;
const MOST = 200;

/**
 * Replies that wait for a person and that nobody has taken for too long: said once, in their channel, while the clinic is
 * there (its own hours, or else the texting hours on its clock). One post for all of them: forty would be read by nobody.
 */
export async function remindOfWaiting(ports: Ports): Promise<void> {
  const { store, clinic, clock, wake } = ports;
  const now = clock.now();
  const settings = clinic.conversations.current();
  const { reminderHours: hours } = settings;
  const rules = clinicHoursOf(settings) ?? clinic.textingHours.current();
  if (hours === 0 || !isOpen(rules.base, [clinic.timeZone], now)) return;
  const waiting = await store.conversations.waitingSince(new Date(now.getTime() - hours * HOUR_MS), MOST);
  if (waiting.length === 0) return;
  const channels = new Set(waiting.map(({ channel }) => channel));
  await store.transaction(async (tx) => {
    for (const channel of channels) {
      const conversations = waiting.filter((one) => one.channel === channel);
      const rows: Reminder['conversations'][number][] = [];
      for (const { id, waitingSince } of conversations) {
        const since = waitingSince?.getTime() ?? now.getTime();
        const urgent = await tx.conversations.hasUrgentSince(id, new Date(since));
        rows.push({ id, since, urgent });
        await tx.conversations.update(id, { remindedAt: now });
        await tx.posts.touch(headKey(id));
      }
      const first = conversations[0]?.id ?? 0;
      const reminder: Reminder = { hours, conversations: rows };
      const key = `reminder:${channel}:${first}:${now.getTime()}`;
      const body = JSON.stringify(reminder);
      await tx.posts.want({ key, kind: 'reminder', ref: first, channel, body, priority: 2 }, now);
    }
  });
  wake.posts();
}
