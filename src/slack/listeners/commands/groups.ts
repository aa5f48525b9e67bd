import { listGroups } from '../../../usecases/patients/list-groups';
import { groupsBlocks } from '../../blocks/lists';
import type { Asked } from '../asked';

export const groups = async ({ ports, user, show }: Asked): Promise<unknown> =>
  show(groupsBlocks(await listGroups(ports, user)));
