import type { AllMiddlewareArgs, App, SlackViewMiddlewareArgs, ViewSubmitAction } from '@slack/bolt';
import { chooseForImport, columnsToChoose, phoneIsId } from '../../usecases/patients/choose-columns';
import * as imports from '../../usecases/patients/import-patients';
import { undoImport } from '../../usecases/patients/undo-import';
import type { Ports } from '../../usecases/ports';
import { ACTIONS, VIEWS } from '../blocks/action-ids';
import { columnsFormError, importColumnsForm, readColumnsForm } from '../blocks/forms/import-columns-form';
import { explain } from './guard';
import { pressed } from './pressed';

const confirmImport = pressed((ports, { value, user }) => imports.confirmImport(ports, Number(value), user));
const cancelImport = pressed((ports, { value, user }) => imports.cancelImport(ports, Number(value), user));

const pressUndo = pressed((ports, { value, user }) => undoImport(ports, Number(value), user));

const openColumns = pressed(async (ports, { value, user, client, triggerId }) => {
  const importId = Number(value);
  const head = await columnsToChoose(ports, importId, user);
  await client.views.open({ trigger_id: triggerId, view: importColumnsForm(importId, head) });
});

const choosePhoneAsId = pressed((ports, { value, user }) => phoneIsId(ports, Number(value), user));

/** `7:STAFF` */
const optionOf = (value: string): { importId: number; option: string } => {
  const [importId = '', option = ''] = value.split(':');
  return { importId: Number(importId), option };
};

const choosePeople = pressed((ports, { value, user }) => {
  const { importId, option } = optionOf(value);
  return chooseForImport(ports, { importId, actor: user, people: option === 'STAFF' ? 'STAFF' : 'PATIENT' });
});

const chooseGroups = pressed((ports, { value, user }) => {
  const { importId, option } = optionOf(value);
  return chooseForImport(ports, { importId, actor: user, replaceGroups: option === 'REPLACE' });
});

type Args = SlackViewMiddlewareArgs<ViewSubmitAction> & AllMiddlewareArgs;

const submitColumns =
  (ports: Ports) =>
  async ({ ack, view, body }: Args): Promise<void> => {
    const form = readColumnsForm(view.state.values);
    if (!form.ok) return ack({ response_action: 'errors', errors: { ...form.errors } });
    const { importId } = JSON.parse(view.private_metadata) as { importId: number };
    try {
      await chooseForImport(ports, { importId, actor: body.user.id, chosen: form.chosen });
      await ack();
    } catch (error) {
      await ack({ response_action: 'errors', errors: columnsFormError(explain(ports, error)) });
    }
  };

/** What can be done on the card of an import. */
export function registerImports(app: App, ports: Ports): void {
  app.view(VIEWS.importColumns, submitColumns(ports));
  app.action(ACTIONS.importConfirm, confirmImport(ports));
  app.action(ACTIONS.importCancel, cancelImport(ports));
  app.action(ACTIONS.importUndo, pressUndo(ports));
  app.action(ACTIONS.importColumns, openColumns(ports));
  app.action(ACTIONS.importPhoneIsId, choosePhoneAsId(ports));
  app.action(ACTIONS.importPeople, choosePeople(ports));
  app.action(ACTIONS.importGroups, chooseGroups(ports));
}
