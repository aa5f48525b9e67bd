import { recentAudit } from '../../../usecases/recent-audit';
import { auditBlocks } from '../../blocks/patients';
import type { Asked } from '../asked';

export const audit = async ({ ports, user, show }: Asked): Promise<unknown> =>
  show(auditBlocks(await recentAudit(ports, user)));
