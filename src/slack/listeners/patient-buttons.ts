import type { AllMiddlewareArgs, SlackViewMiddlewareArgs, ViewSubmitAction } from '@slack/bolt';
import { readPatientForm } from '../../domain/patient-edit';
import { openConversationOf } from '../../usecases/conversations/open-conversation';
import { editPatient } from '../../usecases/patients/edit-patient';
import { optOutPatient } from '../../usecases/patients/opt-out';
import { patientCard } from '../../usecases/patients/patient-card';
import { groupsOfPatient, setGroupsOfPatient } from '../../usecases/patients/patient-groups';
import { requireRight } from '../../usecases/permissions';
import type { Ports } from '../../usecases/ports';
import { patientForm, patientFormErrors, readPatientFormValues, savedPatientView } from '../blocks/forms/patient-form';
import { patientGroupsError, patientGroupsForm, readPatientGroupsForm } from '../blocks/forms/patient-groups-form';
import { patientMessage } from '../blocks/patient-card';
import { explain } from './guard';
import { pressed } from './pressed';

type Args = SlackViewMiddlewareArgs<ViewSubmitAction> & AllMiddlewareArgs;

/** One of several that were found. The list, which only this person sees, turns into the card. */
export const openPatient = pressed(async (ports, { value, user, respond }) => {
  const card = await patientCard(ports, { actor: user, patientId: Number(value) });
  await respond({ replace_original: true, ...patientMessage(card) });
});

export const optOut = pressed(async (ports, { value, user, respond }) => {
  const patientId = Number(value);
  await optOutPatient(ports, { patientId, actor: user });
  const card = await patientCard(ports, { actor: user, patientId });
  await respond({ replace_original: true, ...patientMessage(card) });
});

export const text = pressed(async (ports, { value, user, tell }) => {
  const { who } = await openConversationOf(ports, { patientId: Number(value), actor: user });
  const channel = ports.clinic.channels.replies;
  await tell(`The conversation with ${who} is open in <#${channel}>. What you write in its thread is texted.`);
});

export const openEdit = pressed(async (ports, { value, user, client, triggerId }) => {
  await requireRight(ports, user, 'patients.edit');
  const card = await patientCard(ports, { actor: user, patientId: Number(value) });
  await client.views.open({ trigger_id: triggerId, view: patientForm(card) });
});

export const openGroups = pressed(async (ports, { value, user, client, triggerId }) => {
  const groups = await groupsOfPatient(ports, { patientId: Number(value), actor: user });
  await client.views.open({ trigger_id: triggerId, view: patientGroupsForm(groups) });
});

interface Origin {
  readonly patientId: number;
  readonly before?: readonly number[];
}

const originOf = (view: Args['view']): Origin => JSON.parse(view.private_metadata) as Origin;

export const submitEdit =
  (ports: Ports) =>
  async ({ ack, view, body }: Args): Promise<void> => {
    const { patientId } = originOf(view);
    const actor = body.user.id;
    const form = readPatientForm(readPatientFormValues(view.state.values), ports.clinic.country);
    if (!form.ok) return ack({ response_action: 'errors', errors: patientFormErrors(form.errors) });
    try {
      const changed = await editPatient(ports, { patientId, edit: form.edit, actor });
      const card = await patientCard(ports, { actor, patientId });
      await ack({ response_action: 'update', view: savedPatientView(card, changed) });
    } catch (error) {
      await ack({ response_action: 'errors', errors: patientFormErrors({ phone: explain(ports, error) }) });
    }
  };

export const submitGroups =
  (ports: Ports) =>
  async ({ ack, view, body }: Args): Promise<void> => {
    const { patientId, before = [] } = originOf(view);
    const actor = body.user.id;
    try {
      await setGroupsOfPatient(ports, { patientId, before, ...readPatientGroupsForm(view.state.values), actor });
      const card = await patientCard(ports, { actor, patientId });
      await ack({ response_action: 'update', view: savedPatientView(card, null) });
    } catch (error) {
      await ack({ response_action: 'errors', errors: patientGroupsError(explain(ports, error)) });
    }
  };
