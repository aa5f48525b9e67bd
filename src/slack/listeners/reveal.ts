import type { AllMiddlewareArgs, SlackViewMiddlewareArgs, ViewSubmitAction } from '@slack/bolt';
import type { Ports } from '../../usecases/ports';
import { requireReveal, reveal } from '../../usecases/patients/reveal';
import { readRevealForm, revealedView, revealForm, revealFormError } from '../blocks/forms/reveal-form';
import { explain } from './guard';
import { pressed } from './pressed';

type Args = SlackViewMiddlewareArgs<ViewSubmitAction> & AllMiddlewareArgs;

/** Reveal on any card: first the reason, in a window of its own. */
export const openReveal = pressed(async (ports, { value, user, client, triggerId }) => {
  await requireReveal(ports, user);
  await client.views.open({ trigger_id: triggerId, view: revealForm(value) });
});

export const submitReveal =
  (ports: Ports) =>
  async ({ ack, view, body }: Args): Promise<void> => {
    const { target } = JSON.parse(view.private_metadata) as { target: string };
    const asked = { target, reason: readRevealForm(view.state.values), actor: body.user.id, viewId: view.id };
    try {
      await ack({ response_action: 'update', view: revealedView(await reveal(ports, asked)) });
    } catch (error) {
      await ack({ response_action: 'errors', errors: revealFormError(explain(ports, error)) });
    }
  };
