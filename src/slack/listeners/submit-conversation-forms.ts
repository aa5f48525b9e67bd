import type { AllMiddlewareArgs, SlackViewMiddlewareArgs, ViewSubmitAction } from '@slack/bolt';
import { AppError } from '../../domain/errors';
import { sendFirstText } from '../../usecases/conversations/first-text';
import { sendNow } from '../../usecases/conversations/send-now';
import { undoOptOut } from '../../usecases/conversations/undo-opt-out';
import type { Ports } from '../../usecases/ports';
import { changeConversationSettings, changeRoute } from '../../usecases/settings/conversations';
import { readConversationSettingsForm } from '../blocks/forms/conversation-settings-form';
import { firstTextFormError, readFirstTextForm } from '../blocks/forms/first-text-form';
import { readReasonForm, reasonFormError } from '../blocks/forms/reason-form';
import { readRoutesForm } from '../blocks/forms/routes-form';
import { explain, guarded } from './guard';
import { slackError } from '../outcomes';

type Args = SlackViewMiddlewareArgs<ViewSubmitAction> & AllMiddlewareArgs;

/** What is refused stands at the field, so that nothing that was typed is lost. */
const refusingAt =
  (errorsOf: (message: string) => Record<string, string>, work: (ports: Ports, args: Args) => Promise<unknown>) =>
  (ports: Ports) =>
  async (args: Args): Promise<void> => {
    try {
      await work(ports, args);
    } catch (error) {
      return args.ack({ response_action: 'errors', errors: errorsOf(explain(ports, error)) });
    }
    await args.ack();
  };

const reasonIn = ({ view }: Args): string => {
  const reason = readReasonForm(view.state.values);
  if (reason === null)
    throw new AppError('REASON_MISSING', { message: 'no reason', userMessage: 'Say why, in a few words.' });
  return reason;
};

export const submitSendNow = refusingAt(reasonFormError, (ports, args) =>
  sendNow(ports, {
    messageId: Number(args.view.private_metadata),
    actor: args.body.user.id,
    reason: reasonIn(args),
  }),
);

export const submitUndoOptOut = refusingAt(reasonFormError, (ports, args) =>
  undoOptOut(ports, { place: args.view.private_metadata, actor: args.body.user.id, reason: reasonIn(args) }),
);

export const submitFirstText = refusingAt(firstTextFormError, (ports, { view, body }) =>
  sendFirstText(ports, {
    conversationId: Number(view.private_metadata),
    actor: body.user.id,
    text: readFirstTextForm(view.state.values),
    key: `form:${view.id}`,
  }),
);

const inDirectMessage =
  (ports: Ports, { client, body }: Args) =>
  async (text: string) =>
    client.chat.postMessage({ channel: await ports.room.directChannel(body.user.id), text });

export const submitConversationSettings =
  (ports: Ports) =>
  async (args: Args): Promise<void> => {
    const form = readConversationSettingsForm(args.view.state.values);
    if (!form.ok) return args.ack({ response_action: 'errors', errors: form.errors });
    await args.ack();
    const tell = inDirectMessage(ports, args);
    await guarded(ports, tell, async () => {
      await changeConversationSettings(ports, { changes: form.changes, actor: args.body.user.id });
      await tell('The settings of conversations are changed. They hold from the next reply on.');
    });
  };

export const submitRoute =
  (ports: Ports) =>
  async (args: Args): Promise<void> => {
    const form = readRoutesForm(args.view.state.values);
    if (!form.ok) return args.ack({ response_action: 'errors', errors: form.errors });
    await args.ack();
    const tell = inDirectMessage(ports, args);
    await guarded(ports, tell, async () => {
      await changeRoute(ports, { route: form.route, actor: args.body.user.id });
      await tell(await routeInWords(ports, args, form.route.channel));
    });
  };

/** Whoever sends replies to a channel hears at once when the app cannot post there. */
async function routeInWords({ clinic }: Ports, { client }: Args, channel: string | null): Promise<string> {
  const usual = `<#${clinic.channels.replies}>`;
  if (channel === null) return `Done. These replies go to ${usual} again. Open conversations stay where they are.`;
  const done = `Done. These replies go to <#${channel}>. Conversations that are open stay where they are.`;
  return (await isIn(client, channel))
    ? done
    : `${done}\n⚠️ But CareThread is not in <#${channel}>: type /invite @CareThread there. Until then these replies go to ${usual}.`;
}

async function isIn(client: Args['client'], channel: string): Promise<boolean> {
  try {
    const answer = await client.conversations.info({ channel });
    return answer.channel?.is_member !== false;
  } catch (error) {
    // Slack did not answer: posting will tell.
    return slackError(error) === null;
  }
}
