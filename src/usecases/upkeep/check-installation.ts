import type { Finding } from '../../domain/checkup';
import { requireRight } from '../permissions';
import type { Ports } from '../ports';

/** What `npm run doctor` prints, for an admin in Slack. @throws AppError FORBIDDEN */
export async function checkInstallation(ports: Ports, actor: string): Promise<Finding[]> {
  await requireRight(ports, actor, 'settings.edit');
  const findings = await ports.examine();
  const count = (verdict: Finding['verdict']): number => findings.filter((one) => one.verdict === verdict).length;
  const detail = { ok: count('ok'), warn: count('warn'), fail: count('fail') };
  const at = ports.clock.now();
  await ports.store.transaction((tx) =>
    tx.audit.append({ at, actor, action: 'installation.check', subject: 'installation', detail }),
  );
  return findings;
}
