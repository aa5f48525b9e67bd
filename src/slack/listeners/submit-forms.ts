import { createHash } from 'node:crypto';
import type { AllMiddlewareArgs, SlackViewMiddlewareArgs, ViewSubmitAction } from '@slack/bolt';
import { createCampaign } from '../../usecases/campaigns/create-campaign';
import { startImport } from '../../usecases/patients/start-import';
import { postTemplateCard } from '../../usecases/templates/post-template-card';
import { changeTextingHours } from '../../usecases/settings/texting-hours';
import { type FormErrors, saveTemplate } from '../../usecases/templates/save-template';
import type { Ports } from '../../usecases/ports';
import { readHoursForm } from '../blocks/forms/hours-form';
import { importFormErrors, readImportForm } from '../blocks/forms/import-form';
import { readSendForm, sendFormError } from '../blocks/forms/send-form';
import { readTemplateForm, templateFormErrors } from '../blocks/forms/template-form';
import { explain, guarded } from './guard';
import { placeFor } from './place';
import { originOf as templateOriginOf } from './template-form';

type Args = SlackViewMiddlewareArgs<ViewSubmitAction> & AllMiddlewareArgs;

/** What a form carries in private_metadata: ids only. */
interface FormOrigin {
  readonly place?: string;
  /** The draft whose form was changed. */
  readonly replaces?: number;
}

const originOf = (view: Args['view']): FormOrigin => JSON.parse(view.private_metadata || '{}') as FormOrigin;

/** The submission's own id: Slack may deliver it again. Who has changed what the form says hands another one in. */
const submissionKey = ({ id, hash, state }: Args['view']): string =>
  `view:${id}:${hash}:${createHash('sha256').update(JSON.stringify(state.values)).digest('base64url').slice(0, 22)}`;

export const submitTemplate =
  (ports: Ports) =>
  async ({ ack, view, body, client }: Args): Promise<void> => {
    const { values } = view.state;
    const { place, templateId, base, stacked } = templateOriginOf(view);
    const actor = body.user.id;
    const refuse = (errors: FormErrors): Promise<void> =>
      ack({ response_action: 'errors', errors: templateFormErrors(errors, values) });
    try {
      const saved = await saveTemplate(ports, { form: readTemplateForm(values), actor, templateId, base });
      if (!saved.ok) return await refuse(saved.errors);
      await (stacked === true ? ack({ response_action: 'clear' }) : ack());
      const where = await placeFor(client, ports, { channel: place ?? actor, user: actor });
      await postTemplateCard(ports, { versionId: saved.versionId, place: where });
      if (saved.overtook !== null) await ports.room.whisper({ ...where, user: actor }, overtaken(saved.overtook));
    } catch (error) {
      await refuse({ name: explain(ports, error) });
    }
  };

const overtaken = (by: string): string =>
  `<@${by}> saved a version while you were writing, and yours does not hold it. Nothing is lost: /outreach template history shows both.`;

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
      const { replaces } = originOf(view);
      await createCampaign(ports, { ...form.value, key: submissionKey(view), actor, place, replaces });
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
        await startImport(ports, { fileId, fileName: names[index] ?? '', channel }, actor);
      }
    });
  };
