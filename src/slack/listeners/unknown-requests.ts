import type { AllMiddlewareArgs, App, BlockAction, SlackActionMiddlewareArgs } from '@slack/bolt';
import type { SlackViewMiddlewareArgs, ViewSubmitAction } from '@slack/bolt';
import type { Ports } from '../../usecases/ports';
import { ACTIONS, VIEWS } from '../blocks/action-ids';

const NEWER = 'CareThread has changed since this was shown, and does not know it any more.';

/**
 * What no listener has: a button or a form of an older version, a shortcut that somebody added to the Slack app. Whoever
 * presses is told, and Slack is answered at once; otherwise it would show its own error after three seconds.
 */
export function registerUnknown(app: App, ports: Ports): void {
  app.action(ALL_OTHERS, sayThatItIsUnknown(ports));
  app.view(OTHER_FORMS, keepForm);
  app.view({ type: 'view_closed', callback_id: /^/ }, async ({ ack }) => ack());
  app.options(/^/, async ({ ack }) => ack({ options: [] }));
  app.shortcut(/^/, async ({ ack, body }) => {
    await ack();
    const channel = await ports.room.directChannel(body.user.id);
    await ports.room.whisper(
      { channel, user: body.user.id },
      'This shortcut is not CareThread’s. Type /outreach help.',
    );
  });
  app.command(/^\/(?!outreach$)/, async ({ ack, command }) =>
    ack({ response_type: 'ephemeral', text: `${command.command} is not CareThread’s. Type /outreach help.` }),
  );
}

type Pressed = SlackActionMiddlewareArgs<BlockAction> & AllMiddlewareArgs;

/** Choices within a form need no answer: they are read when it is submitted. */
const sayThatItIsUnknown =
  ({ room, log }: Ports) =>
  async ({ ack, body }: Pressed): Promise<void> => {
    await ack();
    if (body.view?.type === 'modal') return;
    const user = body.user.id;
    const text = `${NEWER} Nothing was done. Type /outreach help, or look at the newest card.`;
    try {
      const channel = body.channel?.id ?? (await room.directChannel(user));
      await room.whisper({ channel, user }, text);
    } catch (err) {
      log.warn({ err }, 'the answer did not reach Slack');
    }
  };

type Submitted = SlackViewMiddlewareArgs<ViewSubmitAction> & AllMiddlewareArgs;

/** It stays open: what was typed can be copied out of it. */
async function keepForm({ ack, view }: Submitted): Promise<void> {
  const [block] = Object.keys(view.state.values);
  if (block !== undefined)
    return ack({
      response_action: 'errors',
      errors: { [block]: `${NEWER} Nothing was saved: copy what you typed, close this, and open it again.` },
    });
  const text = `${NEWER} Nothing was done: close this, and open it again.`;
  return ack({
    response_action: 'update',
    view: {
      type: 'modal',
      title: { type: 'plain_text', text: 'CareThread' },
      close: { type: 'plain_text', text: 'Close' },
      blocks: [{ type: 'section', text: { type: 'plain_text', text } }],
    },
  });
}

/** Bolt runs every listener that fits: what has one of its own must not be acknowledged twice. */
const ALL_OTHERS = new RegExp(`^(?!(?:${Object.values(ACTIONS).join('|')})$|${ACTIONS.leftOutDownload}_)`);

/** The library has nothing to submit. */
const OUR_FORMS = Object.values(VIEWS).filter((form) => form !== VIEWS.library);
const OTHER_FORMS = new RegExp(`^(?!(?:${OUR_FORMS.join('|')})$)`);
