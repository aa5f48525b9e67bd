import { checkInstallation as check } from '../../usecases/upkeep/check-installation';
import { findingsBlocks } from '../blocks/findings';
import { pressed } from './pressed';

/** The result goes into the admin's DM with the app. */
export const checkInstallation = pressed(async (ports, { user, client }) => {
  const findings = await check(ports, user);
  await client.chat.postMessage({ channel: await ports.room.directChannel(user), ...findingsBlocks(findings) });
});
