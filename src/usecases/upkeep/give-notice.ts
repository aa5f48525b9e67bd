import { NOTICE } from '../../domain/notice';
import { tellAdmins } from '../posts/tell-admins';
import type { Ports } from '../ports';

const SETTING = 'notice';

/** Once in a workspace, over restarts; with Slack away, when it is back. On the record. */
export async function giveNotice(ports: Ports): Promise<void> {
  const { store, clock } = ports;
  if ((await store.settings.read(SETTING)) !== null) return;
  if (!(await tellAdmins(ports, { key: SETTING, text: NOTICE }))) return;
  const at = clock.now();
  await store.transaction(async (tx) => {
    if ((await tx.settings.read(SETTING)) !== null) return;
    await tx.settings.write(SETTING, 'given', { by: 'app', at });
    await tx.audit.append({ at, actor: 'app', action: 'notice.give', subject: 'installation' });
  });
}
