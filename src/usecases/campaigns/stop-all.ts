import type { Stopped } from '../../domain/cards/card';
import type { Tx } from '../../store/store';
import { requireRight } from '../permissions';
import type { Ports } from '../ports';
import { campaignKey } from './campaign-key';

/** Who stopped all sending, and when; null while texts go out. */
export async function sendingStopped(store: Pick<Tx, 'settings'>): Promise<Stopped | null> {
  const row = await store.settings.read('sending');
  return row?.value === 'stopped' ? { by: row.updatedBy, at: row.updatedAt } : null;
}

/**
 * Nothing goes out to any patient from now on, neither sends nor 1-to-1 texts, until an admin resumes all. It stands in
 * the database and is looked at with every claim and again before each call, so it holds for every process and over
 * restarts. Stopping what is stopped changes nothing.
 * @returns whether this changed anything
 * @throws AppError FORBIDDEN
 */
export const stopAll = (ports: Ports, actor: string): Promise<boolean> => change(ports, actor, 'stopped');

/** Undoes {@link stopAll}. What was paused by itself stays paused. @throws AppError FORBIDDEN */
export const resumeAll = (ports: Ports, actor: string): Promise<boolean> => change(ports, actor, 'running');

async function change(ports: Ports, actor: string, to: 'stopped' | 'running'): Promise<boolean> {
  await requireRight(ports, actor, 'campaigns.stopAll');
  const at = ports.clock.now();
  const changed = await ports.store.transaction(async (tx) => {
    const isStopped = (await sendingStopped(tx)) !== null;
    if (isStopped === (to === 'stopped')) return false;
    await tx.settings.write('sending', to, { by: actor, at });
    const action = to === 'stopped' ? 'sending.stop_all' : 'sending.resume_all';
    const detail = { before: { sending: isStopped ? 'stopped' : 'running' }, after: { sending: to } };
    await tx.audit.append({ at, actor, action, subject: 'sending', detail });
    for (const { id } of await tx.campaigns.inState(['SCHEDULED', 'RUNNING', 'PAUSED'])) {
      await tx.posts.touch(campaignKey(id));
    }
    await announce(tx, ports, { actor, at, to });
    return true;
  });
  ports.wake.posts();
  ports.wake.dispatch();
  return changed;
}

/** Everybody who approves or sends has to know; a change a second is told of once. */
async function announce(
  tx: Tx,
  { clinic }: Ports,
  { actor, at, to }: { actor: string; at: Date; to: 'stopped' | 'running' },
): Promise<void> {
  const body =
    to === 'stopped'
      ? `🛑 <@${actor}> stopped all sending. Nothing goes out to any patient until an admin presses “Resume all sending” in the app’s Home tab, or types /outreach resume all.`
      : `▶️ <@${actor}> resumed all sending. What waited goes out now, inside the texting window.`;
  const key = `sending:${to}:${at.getTime()}`;
  await tx.posts.want({ key, kind: 'note', ref: 0, channel: clinic.channels.approvals, body, priority: 1 }, at);
}
