import { explainError } from '../../domain/twilio-errors';
import type { Ports } from '../ports';

/** Twilio takes nothing from us any more (credentials, sender number): every campaign pauses, and staff are told once. */
export async function closeAccount(ports: Ports, code: number): Promise<void> {
  const at = ports.clock.now();
  const { sentence } = explainError(code);
  await ports.store.transaction(async (tx) => {
    for (const { id } of await tx.campaigns.inState(['RUNNING'])) {
      await tx.campaigns.move(id, { from: 'RUNNING', to: 'PAUSED', pausedReason: `${sentence} (Twilio ${code})` });
      await tx.posts.touch(`campaign:${id}`);
      await tx.audit.append({
        at,
        actor: 'app',
        action: 'campaign.pause',
        subject: `campaign:${id}`,
        campaignId: id,
        detail: { before: { state: 'RUNNING' }, after: { state: 'PAUSED' }, code },
      });
    }
    const day = at.toISOString().slice(0, 10);
    const body = `🔴 ${sentence} Twilio's code: ${code}. Running sends are paused; resume them when it is mended.`;
    const channel = ports.clinic.channels.approvals;
    await tx.posts.want({ key: `alert:${code}:${day}`, kind: 'note', ref: code, channel, body, priority: 1 }, at);
  });
  ports.log.error({ code }, 'Twilio refuses everything: sending is paused');
}
