import type { AuditRow } from '../domain/cards/patient-cards';
import { requireRight } from './permissions';
import type { Ports } from './ports';

/** The newest entries of the audit log. @throws AppError FORBIDDEN */
export async function recentAudit(ports: Ports, actor: string): Promise<AuditRow[]> {
  await requireRight(ports, actor, 'audit.read');
  const rows = await ports.store.audit.recent(30);
  return rows.map(({ at, actor: who, action, subject }) => ({ at, actor: who, action, subject }));
}
