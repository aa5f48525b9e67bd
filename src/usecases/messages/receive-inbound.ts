import type { InboundText, StatusUpdate } from '../../domain/arrivals';
import { GroupCommit } from '../group-commit';
import type { Ports } from '../ports';

/**
 * The doors that Twilio's webhooks come in by. What is handed in here is on disk when the promise resolves, and only
 * then is the webhook answered. Everything else follows from the stored row.
 */
export function inbox(ports: Pick<Ports, 'store' | 'wake' | 'door'>) {
  const texts = new GroupCommit<InboundText>((batch) => ports.store.messages.addInbound(batch));
  const reports = new GroupCommit<StatusUpdate>((batch) => ports.store.reports.add(batch));
  return {
    async storeInbound(text: InboundText): Promise<void> {
      await ports.door.whileWaiting(() => texts.add(text));
      ports.wake.inbound();
    },
    async storeReport(report: StatusUpdate): Promise<void> {
      await ports.door.whileWaiting(() => reports.add(report));
      ports.wake.inbound();
    },
  };
}
