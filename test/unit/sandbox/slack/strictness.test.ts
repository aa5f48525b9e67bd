import types from '@slack/types/package.json';
import webApi from '@slack/web-api/package.json';
import argumentTypes from '../../../../src/sandbox/slack/schemas/arguments.json';
import surfaces from '../../../../src/sandbox/slack/schemas/surfaces.json';
import type { Sandbox } from '../../../../src/sandbox/start';
import { CHANNEL, SENDER, clientOf, driverOf, openSandbox, refusal, section } from './support';
import type { Json } from './support';

let sandbox: Sandbox;

beforeAll(async () => {
  sandbox = await openSandbox();
});

afterAll(() => sandbox.close());

const plain = (text: string): Json => ({ type: 'plain_text', text });
const button = (id: string, more: Json = {}): Json => ({ type: 'button', action_id: id, text: plain('Go'), ...more });
const actions = (...elements: Json[]): Json => ({ type: 'actions', elements });
const input = (element: Json, more: Json = {}): Json => ({ type: 'input', label: plain('Name'), element, ...more });
const textInput: Json = { type: 'plain_text_input', action_id: 'value' };
const option = (value: string, text = value): Json => ({ text: plain(text), value });
const select = (options: Json[], more: Json = {}): Json => ({
  type: 'static_select',
  action_id: 's',
  options,
  ...more,
});
const many = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => make(index));

/** The real WebClient, past its types: what a mistake in the app would send. */
const call = (method: string, args: Json): Promise<unknown> => clientOf(sandbox).apiCall(method, args);

const post = (blocks: Json[], more: Json = {}): Promise<unknown> =>
  call('chat.postMessage', { channel: CHANNEL, text: 'Hello', blocks, ...more });

test('the schemas were made from the installed packages', () => {
  expect(surfaces.$comment).toContain(`@slack/types ${types.version}`);
  expect(argumentTypes.$comment).toContain(`@slack/web-api ${webApi.version}`);
});

describe('blocks that Slack takes', () => {
  test.each<[string, Json[]]>([
    ['a section with text', [section('Hi')]],
    ['a section with fields', [{ type: 'section', fields: [plain('a'), plain('b')] }]],
    ['3000 characters', [section('x'.repeat(3000))]],
    ['50 blocks', many(50, () => section('x'))],
    [
      'a header, a divider, a context',
      [{ type: 'header', text: plain('H') }, { type: 'divider' }, { type: 'context', elements: [plain('c')] }],
    ],
    [
      'buttons',
      [
        actions(
          button('a', {
            style: 'primary',
            value: 'v',
            confirm: { title: plain('t'), text: plain('x'), confirm: plain('y'), deny: plain('n') },
          }),
          button('b'),
        ),
      ],
    ],
    ['a select with an initial option', [actions(select([option('a'), option('b')], { initial_option: option('b') }))]],
    [
      'a table',
      [
        {
          type: 'table',
          rows: [
            [
              { type: 'raw_text', text: 'a' },
              { type: 'raw_text', text: 'b' },
            ],
          ],
        },
      ],
    ],
    [
      'rich text',
      [{ type: 'rich_text', elements: [{ type: 'rich_text_section', elements: [{ type: 'text', text: 'a' }] }] }],
    ],
    ['an image', [{ type: 'image', image_url: 'https://example.org/a.png', alt_text: 'a' }]],
  ])('%s', async (_name, blocks) => {
    await expect(post(blocks)).resolves.toMatchObject({ ok: true });
  });
});

describe('blocks that Slack refuses', () => {
  test.each<[string, Json[], RegExp]>([
    ['51 blocks', many(51, () => section('x')), /no more than 50 items allowed \[json-pointer:\/blocks\]/],
    [
      '3001 characters',
      [section('x'.repeat(3001))],
      /must be less than 3001 characters \[json-pointer:\/blocks\/0\/text\/text\]/,
    ],
    ['an empty text', [section('')], /must be more than 0 characters/],
    ['a section of nothing', [{ type: 'section' }], /missing required field: text or fields/],
    ['11 fields', [{ type: 'section', fields: many(11, () => plain('x')) }], /no more than 10 items/],
    ['a long field', [{ type: 'section', fields: [plain('x'.repeat(2001))] }], /less than 2001/],
    ['a long header', [{ type: 'header', text: plain('x'.repeat(151)) }], /less than 151/],
    ['mrkdwn in a header', [{ type: 'header', text: { type: 'mrkdwn', text: 'x' } }], /\/blocks\/0\/text/],
    ['a long button', [actions({ ...button('a'), text: plain('x'.repeat(76)) })], /less than 76/],
    ['a long button value', [actions(button('a', { value: 'x'.repeat(2001) }))], /less than 2001/],
    ['26 elements', [actions(...many(26, (i) => button(`b${i}`)))], /no more than 25 items/],
    ['no elements', [actions()], /at least 1 item/],
    ['11 elements of context', [{ type: 'context', elements: many(11, () => plain('x')) }], /no more than 10/],
    ['an unknown block', [{ type: 'sections', text: plain('x') }], /unsupported type: sections/],
    ['an unknown element', [actions({ type: 'buton', action_id: 'a' })], /unsupported type: buton/],
    ['an unknown field', [{ ...section('x'), colour: 'red' }], /invalid additional property: colour/],
    ['an unknown style', [actions(button('a', { style: 'green' }))], /must be one of primary, danger/],
    [
      'the same block id twice',
      [
        { ...section('a'), block_id: 'x' },
        { ...section('b'), block_id: 'x' },
      ],
      /block_id.*already exists/,
    ],
    ['the same action id twice', [actions(button('a'), button('a'))], /action_id.*already exists/],
    ['a long block id', [{ ...section('a'), block_id: 'x'.repeat(256) }], /less than 256/],
    ['101 options', [actions(select(many(101, (i) => option(`o${i}`))))], /no more than 100 items/],
    ['a long option', [actions(select([option('a', 'x'.repeat(76))]))], /less than 76/],
    ['no options', [actions(select([]))], /at least 1 item/],
    ['a strange initial option', [actions(select([option('a')], { initial_option: option('z') }))], /initial option/],
    ['a long placeholder', [actions(select([option('a')], { placeholder: plain('x'.repeat(151)) }))], /less than 151/],
    [
      '6 options of an overflow',
      [actions({ type: 'overflow', action_id: 'o', options: many(6, (i) => option(`${i}`)) })],
      /no more than 5/,
    ],
    ['a button in a context', [{ type: 'context', elements: [button('a')] }], /unsupported type: button/],
    ['a file input in a message', [input({ type: 'file_input', action_id: 'f' })], /file_input/],
    ['no address that is one', [actions(button('a', { url: 'not a url' }))], /valid URL/],
  ])('%s', async (_name, blocks, message) => {
    const { error, messages } = await refusal(post(blocks));
    expect(error).toBe('invalid_blocks');
    expect(messages.join('\n')).toMatch(message);
  });

  test('what cannot be read as JSON', async () => {
    expect(await refusal(call('chat.postMessage', { channel: CHANNEL, blocks: '[{' }))).toMatchObject({
      error: 'invalid_blocks_format',
    });
  });

  test('more text than Slack takes in one message, block by block allowed', async () => {
    const { error } = await refusal(post(many(5, () => section('x'.repeat(2900)))));
    expect(error).toBe('msg_blocks_too_long');
  });
});

describe('calls that Slack refuses', () => {
  test.each<[string, string, Json, string]>([
    ['nothing to say', 'chat.postMessage', { channel: CHANNEL }, 'no_text'],
    ['an empty text', 'chat.postMessage', { channel: CHANNEL, text: '' }, 'no_text'],
    ['a channel that is not there', 'chat.postMessage', { channel: 'C0NOWHERE', text: 'x' }, 'channel_not_found'],
    ['no channel', 'chat.postMessage', { text: 'x' }, 'invalid_arguments'],
    [
      'an argument that is not there',
      'chat.postMessage',
      { channel: CHANNEL, text: 'x', colour: 'red' },
      'invalid_arguments',
    ],
    [
      'a thread that is not there',
      'chat.postMessage',
      { channel: CHANNEL, text: 'x', thread_ts: '1.000001' },
      'thread_not_found',
    ],
    [
      'metadata without a type',
      'chat.postMessage',
      { channel: CHANNEL, text: 'x', metadata: { event_payload: {} } },
      'invalid_metadata_format',
    ],
    ['an update of nothing', 'chat.update', { channel: CHANNEL, ts: '1.000001', text: 'x' }, 'message_not_found'],
    [
      'a reaction without an emoji',
      'reactions.add',
      { channel: CHANNEL, timestamp: '1.000001', name: 'white_check_mark' },
      'message_not_found',
    ],
    ['a person who is not there', 'users.info', { user: 'U0NOBODY' }, 'user_not_found'],
    ['a group that is not there', 'usergroups.users.list', { usergroup: 'S0NOBODY' }, 'no_such_subteam'],
    ['a method that is not there', 'chat.shout', { channel: CHANNEL }, 'unknown_method'],
    [
      'a trigger that is not there',
      'views.open',
      { trigger_id: '1.2.3', view: { type: 'modal', title: plain('x'), blocks: [] } },
      'invalid_trigger_id',
    ],
    [
      'an ephemeral for a stranger',
      'chat.postEphemeral',
      { channel: CHANNEL, user: 'U0NOBODY', text: 'x' },
      'user_not_in_channel',
    ],
    ['a limit that is no number', 'conversations.history', { channel: CHANNEL, limit: 'many' }, 'invalid_arguments'],
    [
      'a thread to read that is not there',
      'conversations.replies',
      { channel: CHANNEL, ts: '1.000001' },
      'thread_not_found',
    ],
  ])('%s', async (_name, method, args, error) => {
    expect(await refusal(call(method, args))).toMatchObject({ error });
  });

  test('somebody else’s message cannot be changed', async () => {
    const { ts } = await driverOf(sandbox).post('message', { user: SENDER, channel: CHANNEL, text: 'mine' });
    expect((await refusal(call('chat.update', { channel: CHANNEL, ts, text: 'x' }))).error).toBe('cant_update_message');
    expect((await refusal(call('chat.delete', { channel: CHANNEL, ts }))).error).toBe('cant_delete_message');
  });

  test('a reaction is given once, taken once, and must be an emoji of Slack’s', async () => {
    const { ts } = await clientOf(sandbox).chat.postMessage({ channel: CHANNEL, text: 'x' });
    const reaction = { channel: CHANNEL, timestamp: ts, name: 'large_orange_circle' };
    await call('reactions.add', reaction);
    expect((await refusal(call('reactions.add', reaction))).error).toBe('already_reacted');
    await call('reactions.remove', reaction);
    expect((await refusal(call('reactions.remove', reaction))).error).toBe('no_reaction');
    expect((await refusal(call('reactions.add', { ...reaction, name: 'orange_circle' }))).error).toBe('invalid_name');
  });
});

describe('views that Slack refuses', () => {
  const modal = (more: Json, blocks: Json[] = [section('x')]): Json => ({
    type: 'modal',
    title: plain('Title'),
    submit: plain('Send'),
    blocks,
    ...more,
  });

  test.each<[string, Json, RegExp]>([
    [
      'a long title',
      modal({ title: plain('x'.repeat(25)) }),
      /less than 25 characters \[json-pointer:\/view\/title\/text\]/,
    ],
    ['a long submit', modal({ submit: plain('x'.repeat(25)) }), /less than 25/],
    ['no title', { type: 'modal', blocks: [] }, /missing required field: title/],
    ['long private metadata', modal({ private_metadata: 'x'.repeat(3001) }), /less than 3001/],
    [
      '101 blocks',
      modal(
        {},
        many(101, () => section('x')),
      ),
      /no more than 100 items/,
    ],
    ['inputs without submit', { type: 'modal', title: plain('x'), blocks: [input(textInput)] }, /submit is required/],
    ['a long initial value', modal({}, [input({ ...textInput, initial_value: 'x'.repeat(3001) })]), /less than 3001/],
    ['a wrong date', modal({}, [input({ type: 'datepicker', action_id: 'd', initial_date: '3 March' })]), /pattern/],
    ['11 files', modal({}, [input({ type: 'file_input', action_id: 'f', max_files: 11 })]), /from 1 to 10/],
    ['a table', modal({}, [{ type: 'table', rows: [[{ type: 'raw_text', text: 'a' }]] }]), /unsupported type: table/],
    ['an unknown field', modal({ colour: 'red' }), /invalid additional property: colour/],
    ['a label that is mrkdwn', modal({}, [input(textInput, { label: { type: 'mrkdwn', text: 'x' } })]), /label/],
  ])('%s', async (_name, view, message) => {
    const { error, messages } = await refusal(call('views.open', { trigger_id: '1.2.3', view }));
    expect(error).toBe('invalid_arguments');
    expect(messages.join('\n')).toMatch(message);
  });

  test('a home tab with a title', async () => {
    const view = { type: 'home', title: plain('x'), blocks: [] };
    expect((await refusal(call('views.publish', { user_id: SENDER, view }))).error).toBe('invalid_arguments');
  });

  test('a home tab changed by somebody else meanwhile', async () => {
    const client = clientOf(sandbox);
    const view = { type: 'home' as const, blocks: [] };
    const first = await client.views.publish({ user_id: SENDER, view });
    await client.views.publish({ user_id: SENDER, view });
    const late = client.views.publish({ user_id: SENDER, view, hash: first.view?.hash ?? '' });
    expect((await refusal(late)).error).toBe('hash_conflict');
  });

  const home = (blocks: Json[]): Json => ({ type: 'home', blocks });

  test('but not one with many kinds of input', async () => {
    const view = home([
      input(textInput),
      input(select([option('a')])),
      input({ type: 'checkboxes', action_id: 'c', options: [option('a')] }),
      input({ type: 'multi_users_select', action_id: 'u' }),
      input({ type: 'number_input', action_id: 'n', is_decimal_allowed: false }),
      input({ type: 'timepicker', action_id: 't', initial_time: '07:00' }),
    ]);
    await expect(call('views.publish', { user_id: SENDER, view })).resolves.toMatchObject({ ok: true });
  });
});
