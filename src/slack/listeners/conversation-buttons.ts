import { patientsOfConversation } from '../../usecases/patients/find-patients';
import { decideLate } from '../../usecases/conversations/late-message';
import { keepHeld } from '../../usecases/conversations/send-now';
import { sayWhichPatient } from '../../usecases/conversations/tend-conversation';
import { requireRight } from '../../usecases/permissions';
import { routeChoices } from '../../usecases/settings/route-choices';
import { conversationSettingsForm } from '../blocks/forms/conversation-settings-form';
import { sendNowForm, undoOptOutForm } from '../blocks/forms/reason-form';
import { routesForm } from '../blocks/forms/routes-form';
import { foundBlocks } from '../blocks/patient-card';
import { pressed } from './pressed';

export const holdText = pressed((ports, { value, user }) => keepHeld(ports, { messageId: Number(value), actor: user }));

export const openSendNow = pressed(async (ports, { value, user, client, triggerId }) => {
  await requireRight(ports, user, 'conversations.sendNow');
  await client.views.open({ trigger_id: triggerId, view: sendNowForm(Number(value)) });
});

/** From a conversation's card the value is its number; from a patient's card it says `patient:7`. */
export const openUndoOptOut = pressed(async (ports, { value, user, client, triggerId }) => {
  await requireRight(ports, user, 'optOuts.undo');
  const place = value.includes(':') ? value : `conversation:${value}`;
  await client.views.open({ trigger_id: triggerId, view: undoOptOutForm(place) });
});

export const showPatientsOfConversation = pressed(async (ports, { value, user, respond }) => {
  const found = await patientsOfConversation(ports, { actor: user, conversationId: Number(value) });
  await respond({ response_type: 'ephemeral', replace_original: false, ...foundBlocks(found) });
});

interface LateValue {
  readonly channel: string;
  readonly ts: string;
}

const decide = (send: boolean) =>
  pressed((ports, { value, user }) => decideLate(ports, { ...(JSON.parse(value) as LateValue), actor: user, send }));
export const sendLate = decide(true);
export const dropLate = decide(false);

export const openConversationSettings = pressed(async (ports, { user, client, triggerId }) => {
  await requireRight(ports, user, 'settings.edit');
  const view = conversationSettingsForm(ports.clinic.conversations.current());
  await client.views.open({ trigger_id: triggerId, view });
});

export const openRoutes = pressed(async (ports, { user, client, triggerId }) => {
  await requireRight(ports, user, 'settings.edit');
  await client.views.open({ trigger_id: triggerId, view: routesForm(await routeChoices(ports)) });
});

/** The value says of which conversation it is: `12:7`. */
export const chooseWhichPatient = pressed((ports, { value, user }) => {
  const [conversationId = 0, patientId = 0] = value.split(':').map(Number);
  return sayWhichPatient(ports, { conversationId, patientId, actor: user });
});
