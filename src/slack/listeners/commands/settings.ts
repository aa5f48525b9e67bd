import { describeSettings, maySet } from '../../../usecases/describe-settings';
import { settingsBlocks } from '../../blocks/patients';
import type { Asked } from '../asked';

export const settings = async ({ ports, user, show }: Asked): Promise<unknown> =>
  show(settingsBlocks(await describeSettings(ports, user), { canChange: await maySet(ports, user) }));
