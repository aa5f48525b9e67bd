import type { App } from '@slack/bolt';
import type { Ports } from '../../usecases/ports';
import { ACTIONS, VIEWS } from '../blocks/action-ids';
import * as sending from './send-buttons';
import { submitSend } from './submit-forms';

/** One action a reason. */
const LEFT_OUT_DOWNLOADS = new RegExp(`^${ACTIONS.leftOutDownload}(_|$)`);

/** From the form to "Send now": what can be done with a send before it goes. */
export function registerSending(app: App, ports: Ports): void {
  app.view(VIEWS.send, submitSend(ports));
  app.view(VIEWS.sendTime, sending.submitSendTime(ports));
  app.action(ACTIONS.openSend, sending.openSend(ports));
  app.action(ACTIONS.openSendMeant, sending.openSend(ports));
  app.action(ACTIONS.sendFromTemplate, sending.sendFromTemplate(ports));
  app.action(ACTIONS.campaignSend, sending.sendAtItsTime(ports));
  app.action(ACTIONS.campaignSendNow, sending.sendNow(ports));
  app.action(ACTIONS.campaignPickTime, sending.pickTime(ports));
  app.action(ACTIONS.campaignChange, sending.changeDraft(ports));
  app.action(LEFT_OUT_DOWNLOADS, sending.downloadLeftOutOf(ports));
}
