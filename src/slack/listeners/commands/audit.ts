import { recentAudit } from '../../../usecases/recent-audit';
import { auditBlocks } from '../../blocks/patients';
import type { Asked } from '../outreach-command';

export const audit = async ({ ports, user, show }: Asked): Promise<unknown> =>
  show(auditBlocks(await recentAudit(ports, user)));
