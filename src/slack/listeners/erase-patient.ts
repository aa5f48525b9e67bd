import type { AllMiddlewareArgs, SlackViewMiddlewareArgs, ViewSubmitAction } from '@slack/bolt';
import { erasePatient, patientToErase } from '../../usecases/patients/erase-patient';
import { exportPatient } from '../../usecases/patients/export-patient';
import type { Ports } from '../../usecases/ports';
import { eraseForm, erasedView, readReasonForm, reasonFormError } from '../blocks/forms/reason-form';
import { explain } from './guard';
import { pressed } from './pressed';

type Args = SlackViewMiddlewareArgs<ViewSubmitAction> & AllMiddlewareArgs;

export const exportData = pressed(async (ports, { value, user, tell }) => {
  await exportPatient(ports, { patientId: Number(value), actor: user });
  await tell('The file is in your messages with CareThread, for your eyes only.');
});

export const openErase = pressed(async (ports, { value, user, client, triggerId }) => {
  const patient = await patientToErase(ports, { patientId: Number(value), actor: user });
  await client.views.open({ trigger_id: triggerId, view: eraseForm(patient) });
});

/** What was done is said in the same window; a refusal stands at the field, and nothing that was typed is lost. */
export const submitErase =
  (ports: Ports) =>
  async ({ ack, view, body }: Args): Promise<void> => {
    const reason = readReasonForm(view.state.values) ?? '';
    const asked = { patientId: Number(view.private_metadata), reason, actor: body.user.id };
    try {
      await ack({ response_action: 'update', view: erasedView(await erasePatient(ports, asked)) });
    } catch (error) {
      await ack({ response_action: 'errors', errors: reasonFormError(explain(ports, error)) });
    }
  };
