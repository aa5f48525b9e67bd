import type { AllMiddlewareArgs, SlackViewMiddlewareArgs, ViewSubmitAction } from '@slack/bolt';
import { requireRight } from '../../usecases/permissions';
import type { Ports } from '../../usecases/ports';
import { archiveTemplate } from '../../usecases/templates/archive-template';
import { editableTemplate } from '../../usecases/templates/find-templates';
import { decideTemplateByButton, requestReview } from '../../usecases/templates/review-template';
import { rememberTestNumber, sendTest, type TestAnswer } from '../../usecases/templates/send-test';
import { readTestNumberForm, testNumberError, testNumberForm } from '../blocks/forms/test-number-form';
import { name, plural } from '../blocks/words';
import { pressed } from './pressed';
import { explain, guarded } from './guard';
import { openTemplateForm } from './template-form';

type Submitted = SlackViewMiddlewareArgs<ViewSubmitAction> & AllMiddlewareArgs;

/** Sends at once, or asks for the number first. The button's value is the template version's id. */
export const sendTestText = pressed(async (ports, { user, value, client, triggerId, tell }) => {
  const versionId = Number(value);
  const answer = await sendTest(ports, { actor: user, versionId, key: `test:${triggerId}` });
  if (answer.kind === 'queued') return tell(onItsWay(answer));
  return client.views.open({ trigger_id: triggerId, view: testNumberForm({ versionId }) });
});

export const editTemplate = pressed(async (ports, { value, user, client, triggerId, channel }) => {
  await requireRight(ports, user, 'templates.write');
  const templateId = Number(value);
  const { form: initial, version: base } = await editableTemplate(ports, templateId);
  await openTemplateForm(ports, client, { triggerId, initial, origin: { templateId, base, place: channel } });
});

export const openTemplate = pressed(async (ports, { user, client, triggerId, channel }) => {
  await requireRight(ports, user, 'templates.write');
  await openTemplateForm(ports, client, { triggerId, origin: { place: channel } });
});

export const restoreTemplate = pressed(async (ports, { value, user, tell }) => {
  const templateId = Number(value);
  await archiveTemplate(ports, { templateId, actor: user, archived: false });
  const { form } = await editableTemplate(ports, templateId);
  return tell(`“${name(form.name)}” can be used again.`);
});

export const askForTemplateReview = pressed(async (ports, { value, user, tell }) => {
  await requestReview(ports, { versionId: Number(value), actor: user });
  return tell('Reviewers see it in the approvals channel.');
});

const decide = (kind: 'approve' | 'reject') =>
  pressed((ports, { value, user }) => decideTemplateByButton(ports, { versionId: Number(value), user, kind }));
export const approveTemplate = decide('approve');
export const rejectTemplate = decide('reject');

export const changeTestNumber = pressed(async (ports, { user, client, triggerId }) => {
  await requireRight(ports, user, 'templates.write');
  return client.views.open({ trigger_id: triggerId, view: testNumberForm({}) });
});

export const submitTestNumber =
  (ports: Ports) =>
  async ({ ack, view, body, client }: Submitted): Promise<void> => {
    const actor = body.user.id;
    try {
      await rememberTestNumber(ports, { actor, number: readTestNumberForm(view.state.values) });
    } catch (error) {
      return ack({ response_action: 'errors', errors: testNumberError(explain(ports, error)) });
    }
    await ack();
    const { versionId } = JSON.parse(view.private_metadata || '{}') as { versionId?: number };
    const tell = async (text: string): Promise<unknown> =>
      client.chat.postMessage({ channel: await ports.room.directChannel(actor), text });
    await guarded(ports, tell, async () => {
      if (versionId === undefined) return tell('Your next tests go to this number.');
      // The card in the same conversation says what becomes of it.
      return sendTest(ports, { actor, versionId, key: `test:${view.id}` });
    });
  };

const onItsWay = ({ phone, texts }: Extract<TestAnswer, { kind: 'queued' }>): string =>
  `${plural(texts, 'test text')} to your phone ${phone}. The CareThread app’s messages show what becomes of it.`;
