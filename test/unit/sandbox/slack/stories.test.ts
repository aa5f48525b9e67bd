import type { KnownBlock, ModalView } from '@slack/types';
import type { SayAnswer, SlackState, SubmitAnswer } from '../../../../src/sandbox/contract';
import type { Sandbox } from '../../../../src/sandbox/start';
import { CHANNEL, REVIEWER, SENDER, clientOf, driverOf, openSandbox, runHttpApp, runSocketApp, until } from './support';
import type { RunningApp } from './support';

const modal: ModalView = {
  type: 'modal',
  callback_id: 'greet',
  title: { type: 'plain_text', text: 'Greet' },
  submit: { type: 'plain_text', text: 'Send' },
  blocks: [
    {
      type: 'input',
      block_id: 'name',
      label: { type: 'plain_text', text: 'Name' },
      element: { type: 'plain_text_input', action_id: 'value' },
    },
  ],
};

const card: KnownBlock[] = [
  { type: 'section', text: { type: 'mrkdwn', text: 'Ready?' } },
  {
    type: 'actions',
    elements: [{ type: 'button', action_id: 'go', value: '7', text: { type: 'plain_text', text: 'Go' } }],
  },
];

const heard: string[] = [];

const greeter = (app: RunningApp['app']): void => {
  app.command('/greet', async ({ ack, body, client }) => {
    await ack();
    await client.views.open({ trigger_id: body.trigger_id, view: modal });
  });
  app.command('/now', async ({ ack }) => ack('It is now.'));
  app.view('greet', async ({ ack, view, client }) => {
    await ack();
    await client.chat.postMessage({ channel: CHANNEL, text: `Hello ${view.state.values['name']?.['value']?.value}` });
  });
  app.action('go', async ({ ack, respond, action }) => {
    await ack();
    await respond({ replace_original: true, text: `Gone with ${'value' in action ? action.value : ''}` });
  });
  app.message(async ({ message }) => {
    if ('text' in message) heard.push(message.text ?? '');
  });
  app.event('reaction_added', async ({ event }) => {
    heard.push(`${event.user} ${event.reaction}`);
  });
};

describe.each([
  ['HTTP', runHttpApp],
  ['Socket Mode', runSocketApp],
])('an app over %s', (_name, run) => {
  let sandbox: Sandbox;
  let app: RunningApp;

  beforeEach(async () => {
    heard.length = 0;
    sandbox = await openSandbox();
    app = await run(sandbox, greeter);
  });

  afterEach(async () => {
    await app.stop();
    await sandbox.close();
  });

  const stateOf = (user: string): Promise<SlackState> => driverOf(sandbox).get<SlackState>(`state?user=${user}`);

  test('a command opens a modal, and what was put into it is posted', async () => {
    const driver = driverOf(sandbox);
    const acked = await driver.post('command', { user: SENDER, channel: CHANNEL, command: '/greet', text: '' });
    expect(acked).toEqual({ ok: true, status: 200 });
    await until(async () => (await stateOf(SENDER)).modals.length === 1);
    const [open] = (await stateOf(SENDER)).modals;
    const values = { name: { value: { value: 'Ana' } } };
    const answer = await driver.post<SubmitAnswer>('view/submit', { user: SENDER, viewId: open?.id, values });
    expect(answer).toMatchObject({ ok: true, responseAction: 'closed' });
    await until(async () => (await stateOf(SENDER)).messages.some(({ text }) => text === 'Hello Ana'));
    expect((await stateOf(SENDER)).modals).toEqual([]);
  });

  test('the answer to a command is seen by nobody else', async () => {
    await driverOf(sandbox).post('command', { user: SENDER, channel: CHANNEL, command: '/now', text: '' });
    expect((await stateOf(SENDER)).messages).toMatchObject([{ text: 'It is now.', ephemeralFor: SENDER }]);
    expect((await stateOf(REVIEWER)).messages).toEqual([]);
  });

  test('a button replaces the card that it stands on', async () => {
    const { ts } = await clientOf(sandbox).chat.postMessage({ channel: CHANNEL, text: 'Ready?', blocks: card });
    await driverOf(sandbox).post('action', { user: SENDER, channel: CHANNEL, ts, actionId: 'go' });
    await until(async () => (await stateOf(SENDER)).messages[0]?.text === 'Gone with 7');
    expect((await stateOf(SENDER)).messages).toHaveLength(1);
  });

  test('messages and reactions reach the app', async () => {
    const driver = driverOf(sandbox);
    const { ts } = await driver.post<SayAnswer>('message', { user: SENDER, channel: CHANNEL, text: 'a < b & c 👍' });
    await driver.post('reaction', { user: REVIEWER, channel: CHANNEL, ts, name: 'white_check_mark' });
    await until(() => heard.length === 2);
    expect(heard.sort()).toEqual([`${REVIEWER} white_check_mark`, 'a &lt; b &amp; c :+1:']);
  });
});
