import type { AuditQuery } from '../../../domain/cards/audit';
import { auditQuery, downloadAudit, readAudit } from '../../../usecases/audit/read-audit';
import { auditBlocks } from '../../blocks/audit';
import type { Asked } from '../asked';
import { pressed } from '../pressed';

/** `/outreach audit`, with what to look for. */
export async function audit({ ports, user, words, show }: Asked): Promise<unknown> {
  const query = await auditQuery(ports, { actor: user, words });
  return show(auditBlocks(await readAudit(ports, query, user)));
}

export const turnAuditPage = pressed(async (ports, { value, user, respond }) => {
  const page = await readAudit(ports, JSON.parse(value) as AuditQuery, user);
  await respond({ replace_original: true, ...auditBlocks(page) });
});

export const downloadAuditPage = pressed(async (ports, { value, user }) => {
  await downloadAudit(ports, JSON.parse(value) as AuditQuery, user);
});
