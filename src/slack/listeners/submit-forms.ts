import type { AllMiddlewareArgs, SlackViewMiddlewareArgs, ViewSubmitAction } from '@slack/bolt';
import { createCampaign } from '../../usecases/campaigns/create-campaign';
import { startImport } from '../../usecases/patients/start-import';
import { postTemplateCard } from '../../usecases/templates/post-template-card';
import { changeTextingHours } from '../../usecases/settings/texting-hours';
import { saveTemplate } from '../../usecases/templates/save-template';
import type { Ports } from '../../usecases/ports';
import { readHoursForm } from '../blocks/forms/hours-form';
import { importFormErrors, readImportForm } from '../blocks/forms/import-form';
import { readSendForm, sendFormError } from '../blocks/forms/send-form';
import { readTemplateForm, templateFormErrors } from '../blocks/forms/template-form';
import { explain, guarded } from './guard';
import { placeFor } from './place';

type Args = SlackViewMiddlewareArgs<ViewSubmitAction> & AllMiddlewareArgs;

/** What a form carries in private_metadata: ids only. */
interface FormOrigin {
  readonly place?: string;
  readonly templateId?: number;
}

const originOf = (view: Args['view']): FormOrigin => JSON.parse(view.private_metadata || '{}') as FormOrigin;

/** The submission's own id: Slack may deliver it again. */
const submissionKey = ({ id, hash }: Args['view']): string => `view:${id}:${hash}`;

export const submitTemplate =
  (ports: Ports) =>
  async ({ ack, view, body, client }: Args): Promise<void> => {
    const form = readTemplateForm(view.state.values);
    const { place, templateId } = originOf(view);
    const actor = body.user.id;
    try {
      const saved = await saveTemplate(ports, { form, actor, templateId });
      if (!saved.ok) return await ack({ response_action: 'errors', errors: templateFormErrors(saved.errors) });
      await ack();
      const where = await placeFor(client, ports, { channel: place ?? actor, user: actor });
      await postTemplateCard(ports, { versionId: saved.versionId, place: where });
    } catch (error) {
      await ack({ response_action: 'errors', errors: templateFormErrors({ name: explain(ports, error) }) });
    }
  };

export const submitSend =
  (ports: Ports) =>
  async ({ ack, view, body, client }: Args): Promise<void> => {
    const form = readSendForm(view.state.values);
    if (!form.ok) return ack({ response_action: 'errors', errors: form.errors });
    if (form.value.startAt !== null && form.value.startAt <= ports.clock.now()) {
      return ack({
        response_action: 'errors',
        errors: sendFormError('startAt', 'This time has passed. Choose a later one.'),
      });
    }
    await ack();
    const actor = body.user.id;
    const tell = async (text: string): Promise<unknown> =>
      client.chat.postMessage({ channel: await ports.room.directChannel(actor), text });
    await guarded(ports, tell, async () => {
      const place = await placeFor(client, ports, { channel: originOf(view).place ?? actor, user: actor });
      await createCampaign(ports, { ...form.value, key: submissionKey(view), actor, place });
    });
  };

export const submitHours =
  (ports: Ports) =>
  async ({ ack, view, body, client }: Args): Promise<void> => {
    const form = readHoursForm(view.state.values);
    if (!form.ok) return ack({ response_action: 'errors', errors: form.errors });
    await ack();
    const actor = body.user.id;
    const tell = async (text: string): Promise<unknown> =>
      client.chat.postMessage({ channel: await ports.room.directChannel(actor), text });
    await guarded(ports, tell, async () => {
      await changeTextingHours(ports, { hours: form.hours, actor });
      await tell(
        'The texting hours are changed. They hold at once, also for what is queued. /outreach settings shows them.',
      );
    });
  };

export const submitImport =
  (ports: Ports) =>
  async ({ ack, view, body, client }: Args): Promise<void> => {
    const { fileIds, names } = readImportForm(view.state.values);
    if (fileIds.length === 0) return ack({ response_action: 'errors', errors: importFormErrors('Choose a file.') });
    await ack();
    const actor = body.user.id;
    const tell = async (text: string): Promise<unknown> =>
      client.chat.postMessage({ channel: await ports.room.directChannel(actor), text });
    await guarded(ports, tell, async () => {
      const { channel } = await placeFor(client, ports, { channel: originOf(view).place ?? actor, user: actor });
      for (const [index, fileId] of fileIds.entries()) {
        await startImport(ports, { fileId, fileName: names[index] ?? 'file', channel }, actor);
      }
    });
  };
