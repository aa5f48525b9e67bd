import type { AllMiddlewareArgs, SlackViewMiddlewareArgs, ViewSubmitAction } from '@slack/bolt';
import { downloadLeftOut } from '../../usecases/campaigns/download-left-out';
import { editableCampaign } from '../../usecases/campaigns/editable-campaign';
import { sendOptions } from '../../usecases/campaigns/send-options';
import { submitCampaign } from '../../usecases/campaigns/submit-campaign';
import { requireRight } from '../../usecases/permissions';
import type { Ports } from '../../usecases/ports';
import { sendForm } from '../blocks/forms/send-form';
import { readSendTimeForm, sendTimeError, sendTimeForm } from '../blocks/forms/send-time-form';
import { pressed } from './pressed';
import { openSendForm } from './commands/send';
import { explain } from './guard';

/** The buttons that lead to a send, and those of its card before it goes. */

export const sendFromTemplate = pressed(async (ports, { value, user, client, triggerId, channel }) => {
  const options = await sendOptions(ports, user);
  const initialTemplateId = Number(value);
  await client.views.open({ trigger_id: triggerId, view: sendForm({ ...options, place: channel, initialTemplateId }) });
});

/** With words for a value the form opens as if they had been typed. */
export const openSend = pressed((ports, { value, user, client, triggerId, channel }) =>
  openSendForm({ ports, client, user, channel, triggerId, words: value }),
);

const submit = (start: 'now' | 'its time') =>
  pressed((ports, { value, user }) => submitCampaign(ports, { campaignId: Number(value), actor: user, start }));
export const sendNow = submit('now');
export const sendAtItsTime = submit('its time');

export const pickTime = pressed(async (ports, { value, user, client, triggerId }) => {
  await requireRight(ports, user, 'campaigns.send');
  const { timeZone } = ports.clinic;
  await client.views.open({ trigger_id: triggerId, view: sendTimeForm({ campaignId: Number(value), timeZone }) });
});

export const changeDraft = pressed(async (ports, { value, user, client, triggerId, channel }) => {
  const campaignId = Number(value);
  const { isWaiting, ...initial } = await editableCampaign(ports, campaignId, user);
  const offered = await sendOptions(ports, user, initial.audience);
  const options = { ...offered, place: channel, initial, isWaiting, replaces: campaignId };
  await client.views.open({ trigger_id: triggerId, view: sendForm(options) });
});

export const downloadLeftOutOf = pressed((ports, { value, user }) => {
  const { campaignId, reason } = JSON.parse(value) as { campaignId: number; reason: string };
  return downloadLeftOut(ports, { campaignId, reason, actor: user });
});

type Submitted = SlackViewMiddlewareArgs<ViewSubmitAction> & AllMiddlewareArgs;

export const submitSendTime =
  (ports: Ports) =>
  async ({ ack, view, body }: Submitted): Promise<void> => {
    const start = readSendTimeForm(view.state.values);
    const campaignId = Number(view.private_metadata);
    if (start === null) return ack({ response_action: 'errors', errors: sendTimeError('Say when it starts.') });
    try {
      if (start <= ports.clock.now())
        return await ack({
          response_action: 'errors',
          errors: sendTimeError('This time has passed. Choose a later one.'),
        });
      await submitCampaign(ports, { campaignId, actor: body.user.id, start });
      await ack();
    } catch (error) {
      await ack({ response_action: 'errors', errors: sendTimeError(explain(ports, error)) });
    }
  };
