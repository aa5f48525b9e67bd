import type { AllMiddlewareArgs, SlackViewMiddlewareArgs, ViewSubmitAction } from '@slack/bolt';
import type { Ports } from '../../usecases/ports';
import { previewTemplate } from '../../usecases/templates/preview-template';
import { previewError, previewForm, readPreviewForm } from '../blocks/forms/preview-form';
import { pressed } from './pressed';
import { explain } from './guard';

type Submitted = SlackViewMiddlewareArgs<ViewSubmitAction> & AllMiddlewareArgs;

/** For some patient first; the form asks for another one. */
export const openPreview = pressed(async (ports, { user, value, client, triggerId }) => {
  const preview = await previewTemplate(ports, { actor: user, versionId: Number(value), words: '' });
  return client.views.open({ trigger_id: triggerId, view: previewForm(preview) });
});

export const showPreview =
  (ports: Ports) =>
  async ({ ack, view, body }: Submitted): Promise<void> => {
    const { versionId } = JSON.parse(view.private_metadata || '{}') as { versionId: number };
    try {
      const words = readPreviewForm(view.state.values);
      const preview = await previewTemplate(ports, { actor: body.user.id, versionId, words });
      await ack({ response_action: 'update', view: previewForm(preview) });
    } catch (error) {
      await ack({ response_action: 'errors', errors: previewError(explain(ports, error)) });
    }
  };
