import type { App } from '@slack/bolt';
import type { ModalView } from '@slack/types';
import type { SlackState, SubmitAnswer } from '../../../../src/sandbox/contract';
import type { Sandbox } from '../../../../src/sandbox/start';
import { CHANNEL, SENDER, clientOf, driverOf, openSandbox, refusal, runHttpApp, until } from './support';
import type { Json, RunningApp } from './support';

const plain = (text: string) => ({ type: 'plain_text' as const, text });

const input = (blockId: string, element: Json, more: Json = {}): Json => ({
  type: 'input',
  block_id: blockId,
  label: plain(blockId),
  element: { action_id: 'value', ...element },
  ...more,
});

const options = ['now', 'later'].map((value) => ({ text: plain(value), value }));

const modalOf = (blocks: Json[], more: Json = {}): ModalView =>
  ({
    type: 'modal',
    callback_id: 'form',
    title: plain('Form'),
    submit: plain('Send'),
    blocks,
    ...more,
  }) as unknown as ModalView;

const form = modalOf([
  input('name', { type: 'plain_text_input', initial_value: 'Ana', max_length: 10 }),
  input('when', { type: 'static_select', options }),
  input('note', { type: 'plain_text_input' }, { optional: true }),
  input('groups', { type: 'checkboxes', options }, { optional: true }),
  input('day', { type: 'datepicker' }, { optional: true }),
  input('who', { type: 'users_select', initial_user: SENDER }, { optional: true }),
]);

let sandbox: Sandbox;
let app: RunningApp;
let trigger = '';
let submitted: Json | undefined;
let reply: (view: Json) => Json | undefined = () => undefined;
let closed: Json[] = [];

const listeners = (bolt: App): void => {
  bolt.command('/form', async ({ ack, body }) => {
    trigger = body.trigger_id;
    await ack();
  });
  bolt.view('form', async ({ ack, view, body }) => {
    submitted = { ...view };
    trigger = (body as unknown as { trigger_id: string }).trigger_id;
    const answer = reply(submitted);
    await (answer === undefined ? ack() : ack(answer as never));
  });
  bolt.view({ callback_id: 'form', type: 'view_closed' }, async ({ ack, body }) => {
    closed.push(body as unknown as Json);
    await ack();
  });
  bolt.action('press', async ({ ack, body }) => {
    trigger = (body as unknown as { trigger_id: string }).trigger_id;
    submitted = body as unknown as Json;
    await ack();
  });
};

beforeEach(async () => {
  closed = [];
  submitted = undefined;
  reply = () => undefined;
  sandbox = await openSandbox({ slack: { triggerLifeMs: 500 } });
  app = await runHttpApp(sandbox, listeners);
});

afterEach(async () => {
  await app.stop();
  await sandbox.close();
});

const newTrigger = async (): Promise<string> => {
  await driverOf(sandbox).post('command', { user: SENDER, channel: CHANNEL, command: '/form', text: '' });
  return trigger;
};

const open = async (view: ModalView): Promise<string> => {
  const answer = await clientOf(sandbox).views.open({ trigger_id: await newTrigger(), view });
  return answer.view?.id ?? '';
};

const submit = (viewId: string, values: Json): Promise<SubmitAnswer> =>
  driverOf(sandbox).post<SubmitAnswer>('view/submit', { user: SENDER, viewId, values });

const modals = async (): Promise<SlackState['modals']> =>
  (await driverOf(sandbox).get<SlackState>(`state?user=${SENDER}`)).modals;

describe('trigger ids', () => {
  test('open one modal, and no second', async () => {
    const trigger_id = await newTrigger();
    await clientOf(sandbox).views.open({ trigger_id, view: form });
    const second = clientOf(sandbox).views.open({ trigger_id, view: form });
    expect((await refusal(second)).error).toBe('exchanged_trigger_id');
  });

  test('die after a few seconds', async () => {
    const trigger_id = await newTrigger();
    await new Promise((resolve) => setTimeout(resolve, 550));
    expect((await refusal(clientOf(sandbox).views.open({ trigger_id, view: form }))).error).toBe('expired_trigger_id');
  });

  test('survive a view that is refused', async () => {
    const trigger_id = await newTrigger();
    const bad = clientOf(sandbox).views.open({ trigger_id, view: modalOf([{ type: 'nonsense' }]) });
    expect((await refusal(bad)).error).toBe('invalid_arguments');
    await expect(clientOf(sandbox).views.open({ trigger_id, view: form })).resolves.toMatchObject({ ok: true });
  });
});

describe('submitting', () => {
  test('sends the state of every input, touched or not', async () => {
    await submit(await open(form), { when: { value: { selected_option: { value: 'later' } } } });
    expect(submitted?.['state']).toEqual({
      values: {
        name: { value: { type: 'plain_text_input', value: 'Ana' } },
        when: { value: { type: 'static_select', selected_option: options[1] } },
        note: { value: { type: 'plain_text_input', value: null } },
        groups: { value: { type: 'checkboxes', selected_options: [] } },
        day: { value: { type: 'datepicker', selected_date: null } },
        who: { value: { type: 'users_select', selected_user: SENDER } },
      },
    });
  });

  test('is stopped by Slack’s own window when something required is missing or too long', async () => {
    const answer = await submit(await open(form), { name: { value: { value: 'x'.repeat(11) } } });
    expect(answer).toMatchObject({
      responseAction: 'errors',
      errors: { name: expect.stringContaining('10'), when: expect.stringContaining('required') },
    });
    expect(submitted).toBeUndefined();
  });

  test('takes no option that the select does not offer, and no input that is not there', async () => {
    const viewId = await open(form);
    await expect(submit(viewId, { when: { value: { selected_option: { value: 'never' } } } })).rejects.toThrow('never');
    await expect(submit(viewId, { nothing: { value: { value: 'x' } } })).rejects.toThrow('nothing');
  });
});

describe('what the app answers', () => {
  const values = { when: { value: { selected_option: { value: 'now' } } } };

  test('nothing: the modal closes', async () => {
    expect(await submit(await open(form), values)).toMatchObject({ ok: true, responseAction: 'closed' });
    expect(await modals()).toEqual([]);
  });

  test('errors: the modal stays, with what was put in', async () => {
    reply = () => ({ response_action: 'errors', errors: { name: 'Too short' } });
    expect(await submit(await open(form), values)).toMatchObject({ ok: true, errors: { name: 'Too short' } });
    const [view] = await modals();
    expect(view?.view['state']).toMatchObject({ values: { when: { value: { selected_option: options[0] } } } });
  });

  test('errors for a block that is not there: Slack shows trouble', async () => {
    reply = () => ({ response_action: 'errors', errors: { nome: 'Too short' } });
    expect(await submit(await open(form), values)).toMatchObject({ ok: false, error: expect.stringContaining('nome') });
  });

  test('update: the modal changes, and inputs of the same ids keep what the person put in', async () => {
    const again = input('name', { type: 'plain_text_input', initial_value: 'Somebody else' });
    reply = () => ({ response_action: 'update', view: modalOf([again, input('new', { type: 'plain_text_input' })]) });
    expect(await submit(await open(form), values)).toMatchObject({ ok: true, responseAction: 'update' });
    const [view] = await modals();
    expect(view?.view['state']).toEqual({
      values: {
        name: { value: { type: 'plain_text_input', value: 'Ana' } },
        new: { value: { type: 'plain_text_input', value: null } },
      },
    });
  });

  test('an update that is not valid: Slack shows trouble, and the modal stays', async () => {
    reply = () => ({ response_action: 'update', view: modalOf([{ type: 'section' }]) });
    expect(await submit(await open(form), values)).toMatchObject({
      ok: false,
      error: expect.stringContaining('text or fields'),
    });
    expect(await modals()).toHaveLength(1);
  });

  test('push and clear: stacked on it, at most three, and all gone', async () => {
    reply = () => ({ response_action: 'push', view: form });
    const first = await open(form);
    expect(await submit(first, values)).toMatchObject({ ok: true, responseAction: 'push' });
    const [, second] = await modals();
    expect(second?.view).toMatchObject({ previous_view_id: first, root_view_id: first });
    await submit(second?.id ?? '', values);
    const third = (await modals()).at(-1);
    expect(await submit(third?.id ?? '', values)).toMatchObject({
      ok: false,
      error: expect.stringContaining('push_limit'),
    });
    reply = () => ({ response_action: 'clear' });
    expect(await submit(third?.id ?? '', values)).toMatchObject({ ok: true, responseAction: 'clear' });
    expect(await modals()).toEqual([]);
  });
});

describe('besides', () => {
  test('an action in a modal carries what its inputs hold, and its trigger stacks', async () => {
    const button = { type: 'button', action_id: 'press', text: plain('Press') };
    const view = modalOf([input('name', { type: 'plain_text_input' }), { type: 'actions', elements: [button] }]);
    const viewId = await open(view);
    const values = { name: { value: { value: 'Bo' } } };
    await driverOf(sandbox).post('action', { user: SENDER, viewId, actionId: 'press', values });
    expect(submitted).toMatchObject({
      container: { type: 'view', view_id: viewId },
      view: { state: { values: { name: { value: { value: 'Bo' } } } } },
    });
    await clientOf(sandbox).views.push({ trigger_id: trigger, view: form });
    expect(await modals()).toHaveLength(2);
  });

  test('a select with an external source asks the app', async () => {
    app.app.options('value', async ({ ack, payload }) =>
      ack({ options: [{ text: plain(payload.value), value: 'x' }] }),
    );
    const viewId = await open(modalOf([input('who', { type: 'external_select' })]));
    const query = { user: SENDER, viewId, actionId: 'value', query: 'Ana' };
    const { options: offered } = await driverOf(sandbox).post('suggest', query);
    expect(offered).toEqual([{ text: plain('Ana'), value: 'x' }]);
  });

  test('a hash that is old is refused', async () => {
    const client = clientOf(sandbox);
    const opened = await client.views.open({ trigger_id: await newTrigger(), view: form });
    const { id = '', hash = '' } = opened.view ?? {};
    await client.views.update({ view_id: id, hash, view: form });
    expect((await refusal(client.views.update({ view_id: id, hash, view: form }))).error).toBe('hash_conflict');
  });

  test('closing is told to the app that wants to know', async () => {
    const viewId = await open({ ...form, notify_on_close: true });
    expect(await driverOf(sandbox).post('view/close', { user: SENDER, viewId })).toMatchObject({ ok: true });
    await until(() => closed.length === 1);
    expect(closed[0]).toMatchObject({ type: 'view_closed', is_cleared: true, view: { id: viewId } });
    expect(await modals()).toEqual([]);
  });

  test('a file put into a modal is the app’s to see once it is submitted', async () => {
    const view = modalOf([input('csv', { type: 'file_input', filetypes: ['csv'], max_files: 1 })]);
    const viewId = await open(view);
    const upload = (name: string): Promise<Json> =>
      driverOf(sandbox).post('upload', {
        user: SENDER,
        name,
        mimetype: 'text/csv',
        base64: Buffer.from('a,b\n').toString('base64'),
      });
    const picture = await upload('x.png');
    const wrong = await submit(viewId, { csv: { value: { files: [{ id: picture['id'] }] } } });
    expect(wrong).toMatchObject({ responseAction: 'errors', errors: { csv: expect.stringContaining('csv') } });
    const { id } = await upload('patients.csv');
    expect((await refusal(clientOf(sandbox).files.info({ file: String(id) }))).error).toBe('file_not_found');
    await submit(viewId, { csv: { value: { files: [{ id }] } } });
    const file = { id, name: 'patients.csv', mimetype: 'text/csv', size: 4, user: SENDER };
    expect(submitted?.['state']).toMatchObject({ values: { csv: { value: { files: [file] } } } });
    await expect(clientOf(sandbox).files.info({ file: String(id) })).resolves.toMatchObject({ file });
  });

  test('a file over 10 MB cannot be put into a modal', async () => {
    const base64 = Buffer.alloc(10 * 1024 * 1024 + 1).toString('base64');
    const attempt = driverOf(sandbox).post('upload', { user: SENDER, name: 'a.csv', mimetype: 'text/csv', base64 });
    await expect(attempt).rejects.toThrow('413');
  });
});
