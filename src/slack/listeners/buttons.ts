import type { AllMiddlewareArgs, BlockAction, ButtonAction, SlackActionMiddlewareArgs } from '@slack/bolt';
import type { WebClient } from '@slack/web-api';
import type { ResponsesFilter } from '../../domain/cards/card';
import { controlCampaign, submitCampaign } from '../../usecases/campaigns/control-campaign';
import { sendOptions } from '../../usecases/campaigns/send-options';
import * as responsesOf from '../../usecases/conversations/list-responses';
import { type CONVERSATION_CHANGES, tendConversation } from '../../usecases/conversations/tend-conversation';
import * as imports from '../../usecases/patients/import-patients';
import { requireRight } from '../../usecases/permissions';
import type { Ports } from '../../usecases/ports';
import { editableTemplate } from '../../usecases/templates/find-templates';
import { knownPlaceholders } from '../../usecases/templates/save-template';
import { hoursForm } from '../blocks/forms/hours-form';
import { importForm } from '../blocks/forms/import-form';
import { sendForm } from '../blocks/forms/send-form';
import { templateForm } from '../blocks/forms/template-form';
import { responsesBlocks } from '../blocks/responses';
import { guarded, type Tell } from './guard';

type Args = SlackActionMiddlewareArgs<BlockAction<ButtonAction>> & AllMiddlewareArgs;

/** A button that was pressed: by whom, with what value, and where. */
export interface Pressed {
  readonly user: string;
  readonly value: string;
  /** The channel of the message; the person's own DM when it was pressed in the Home tab. */
  readonly channel: string;
  readonly triggerId: string;
  readonly client: WebClient;
  readonly respond: Args['respond'];
  /** Says something to the one who pressed. */
  readonly tell: Tell;
}

/** Acknowledge, translate, call; a refusal is shown to the one who pressed, beside the card. */
export const pressed =
  (work: (ports: Ports, press: Pressed) => Promise<unknown>) =>
  (ports: Ports) =>
  async ({ ack, action, body, client, respond }: Args): Promise<void> => {
    await ack();
    const user = body.user.id;
    const channel = body.channel?.id ?? user;
    const threadTs = (body.message as { thread_ts?: string } | undefined)?.thread_ts;
    const tell = async (text: string): Promise<unknown> =>
      body.channel === undefined
        ? client.chat.postMessage({ channel: await ports.room.directChannel(user), text })
        : ports.room.whisper({ channel, user, threadTs }, text);
    const [value, triggerId] = [action.value ?? '', body.trigger_id];
    const press: Pressed = { user, value, channel, triggerId, client, respond, tell };
    await guarded(ports, tell, () => work(ports, press));
  };

export const confirmImport = pressed((ports, { value, user }) => imports.confirmImport(ports, Number(value), user));
export const cancelImport = pressed((ports, { value, user }) => imports.cancelImport(ports, Number(value), user));

export const sendCampaign = pressed((ports, { value, user }) => submitCampaign(ports, Number(value), user));

const control = (event: 'pause' | 'resume' | 'cancel') =>
  pressed((ports, { value, user }) => controlCampaign(ports, { campaignId: Number(value), event, actor: user }));
export const cancelCampaign = control('cancel');
export const pauseCampaign = control('pause');
export const resumeCampaign = control('resume');

const tend = (change: keyof typeof CONVERSATION_CHANGES) =>
  pressed((ports, { value, user }) => tendConversation(ports, { conversationId: Number(value), change, actor: user }));
export const takeConversation = tend('take');
export const resolveConversation = tend('resolve');
export const optOutConversation = tend('optOut');

export const editTemplate = pressed(async (ports, { value, user, client, triggerId, channel }) => {
  await requireRight(ports, user, 'templates.write');
  const templateId = Number(value);
  const initial = await editableTemplate(ports, templateId);
  const placeholders = await knownPlaceholders(ports);
  await client.views.open({
    trigger_id: triggerId,
    view: templateForm({ placeholders, templateId, initial, place: channel }),
  });
});

export const openTemplate = pressed(async (ports, { user, client, triggerId, channel }) => {
  await requireRight(ports, user, 'templates.write');
  const placeholders = await knownPlaceholders(ports);
  await client.views.open({ trigger_id: triggerId, view: templateForm({ placeholders, place: channel }) });
});

export const openHours = pressed(async (ports, { user, client, triggerId }) => {
  await requireRight(ports, user, 'settings.edit');
  await client.views.open({ trigger_id: triggerId, view: hoursForm(ports.clinic.textingHours.asStored()) });
});

export const openImport = pressed(async (ports, { user, client, triggerId, channel }) => {
  await requireRight(ports, user, 'patients.import');
  await client.views.open({ trigger_id: triggerId, view: importForm({ place: channel }) });
});

export const sendFromTemplate = pressed(async (ports, { value, user, client, triggerId, channel }) => {
  const options = await sendOptions(ports, user);
  const initialTemplateId = Number(value);
  await client.views.open({ trigger_id: triggerId, view: sendForm({ ...options, place: channel, initialTemplateId }) });
});

export const openSend = pressed(async (ports, { user, client, triggerId, channel }) => {
  const view = sendForm({ ...(await sendOptions(ports, user)), place: channel });
  await client.views.open({ trigger_id: triggerId, view });
});

interface ResponsesValue {
  readonly campaignId: number | null;
  readonly filter: ResponsesFilter;
  readonly page: number;
}

export const turnResponsesPage = pressed(async (ports, { value, user, respond }) => {
  const query = JSON.parse(value) as ResponsesValue;
  await respond({
    replace_original: true,
    ...responsesBlocks(await responsesOf.listResponses(ports, { ...query, actor: user })),
  });
});

export const downloadResponses = pressed(async (ports, { value, user }) => {
  await responsesOf.downloadResponses(ports, { ...(JSON.parse(value) as ResponsesValue), actor: user });
});

export const openResponses = pressed(async (ports, { user, client }) => {
  const page = await responsesOf.listResponses(ports, { actor: user, filter: 'all', page: 0, campaignId: null });
  await client.chat.postMessage({ channel: await ports.room.directChannel(user), ...responsesBlocks(page) });
});
