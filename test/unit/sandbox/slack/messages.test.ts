import type { KnownBlock } from '@slack/types';
import type { SayAnswer, SlackState } from '../../../../src/sandbox/contract';
import type { Sandbox } from '../../../../src/sandbox/start';
import { CHANNEL, REVIEWER, SENDER, clientOf, driverOf, openSandbox, refusal, runHttpApp, until } from './support';
import type { Json } from './support';

let sandbox: Sandbox;

beforeEach(async () => {
  sandbox = await openSandbox({ startAt: new Date('2026-12-03T15:00:00Z') });
});

afterEach(() => sandbox.close());

const post = async (text: string, more: Json = {}): Promise<string> =>
  (await clientOf(sandbox).chat.postMessage({ channel: CHANNEL, text, ...more })).ts ?? '';

const messagesOf = async (user = SENDER): Promise<SlackState['messages']> =>
  (await driverOf(sandbox).get<SlackState>(`state?user=${user}`)).messages;

const say = (text: string, more: Json = {}): Promise<SayAnswer> =>
  driverOf(sandbox).post<SayAnswer>('message', { user: SENDER, channel: CHANNEL, text, ...more });

describe('history', () => {
  test('gives pages, newest first, with what is between two times', async () => {
    const all: string[] = [];
    for (let i = 0; i < 5; i += 1) all.push(await post(`m${i}`));
    const client = clientOf(sandbox);
    const first = await client.conversations.history({ channel: CHANNEL, limit: 2 });
    expect([first.messages?.map(({ text }) => text), first.has_more]).toEqual([['m4', 'm3'], true]);
    const cursor = first.response_metadata?.next_cursor ?? '';
    const second = await client.conversations.history({ channel: CHANNEL, limit: 2, cursor });
    expect(second.messages?.map(({ text }) => text)).toEqual(['m2', 'm1']);
    const [, from = '', , to = ''] = all;
    const texts = async (inclusive: boolean): Promise<unknown> =>
      (await client.conversations.history({ channel: CHANNEL, oldest: from, latest: to, inclusive })).messages?.map(
        ({ text }) => text,
      );
    expect(await texts(false)).toEqual(['m2']);
    expect(await texts(true)).toEqual(['m3', 'm2', 'm1']);
  });

  test('leaves out replies, and tells of them at the thread’s head', async () => {
    const ts = await post('head');
    await post('reply', { thread_ts: ts });
    await say('another', { threadTs: ts });
    const { messages } = await clientOf(sandbox).conversations.history({ channel: CHANNEL });
    expect(messages).toMatchObject([
      { text: 'head', thread_ts: ts, reply_count: 2, reply_users: ['U0CARETHREAD', SENDER], reply_users_count: 2 },
    ]);
  });

  test('gives a thread oldest first, its head on every page, and metadata when asked', async () => {
    const ts = await post('head');
    const metadata = { event_type: 'mirror', event_payload: { id: '7' } };
    for (const text of ['r1', 'r2', 'r3']) await post(text, { thread_ts: ts, metadata });
    const client = clientOf(sandbox);
    const page = await client.conversations.replies({ channel: CHANNEL, ts, limit: 2, include_all_metadata: true });
    expect(page.messages?.map(({ text }) => text)).toEqual(['head', 'r1', 'r2']);
    expect(page.messages?.[1]).toMatchObject({ metadata, parent_user_id: 'U0CARETHREAD' });
    const cursor = page.response_metadata?.next_cursor ?? '';
    const rest = await client.conversations.replies({ channel: CHANNEL, ts, limit: 2, cursor });
    expect(rest.messages?.map(({ text }) => text)).toEqual(['head', 'r3']);
    expect(rest.messages?.[1]).not.toHaveProperty('metadata');
  });

  test('keeps a tombstone for the deleted head of a thread', async () => {
    const ts = await post('head');
    await post('reply', { thread_ts: ts });
    await clientOf(sandbox).chat.delete({ channel: CHANNEL, ts });
    const { messages } = await clientOf(sandbox).conversations.replies({ channel: CHANNEL, ts });
    expect(messages).toMatchObject([{ subtype: 'tombstone' }, { text: 'reply' }]);
  });

  test('has timestamps of the sandbox’s clock, each one later than the last', async () => {
    const stamps = [await post('a'), await post('b'), await post('c')];
    expect(stamps.every((ts) => /^\d{10}\.\d{6}$/.test(ts))).toBe(true);
    expect([...stamps].sort()).toEqual(stamps);
    expect(new Date(Number(stamps[0]) * 1000).toISOString()).toMatch(/^2026-12-03T15:00/);
  });
});

describe('changing a message', () => {
  const blocks: KnownBlock[] = [{ type: 'divider', block_id: 'line' }];

  test('a text without blocks takes their place; blocks alone leave no mark of editing', async () => {
    const ts = await post('before', { blocks });
    await clientOf(sandbox).chat.update({ channel: CHANNEL, ts, text: 'between', blocks });
    expect(await messagesOf()).toMatchObject([{ text: 'between', blocks, edited: false }]);
    await clientOf(sandbox).chat.update({ channel: CHANNEL, ts, text: 'after' });
    expect(await messagesOf()).toMatchObject([{ text: 'after', blocks: [], edited: true }]);
  });

  test('the DM needs its own id, not the person’s', async () => {
    const { channel, ts = '' } = await clientOf(sandbox).chat.postMessage({ channel: SENDER, text: 'x' });
    expect(channel).toBe('D0SENDER1');
    const update = clientOf(sandbox).chat.update({ channel: SENDER, ts, text: 'y' });
    expect((await refusal(update)).error).toBe('channel_not_found');
  });
});

describe('response_url', () => {
  test('five uses in half an hour', async () => {
    let address = '';
    const app = await runHttpApp(sandbox, (bolt) => {
      bolt.command('/later', async ({ ack, body }) => {
        address = body.response_url;
        await ack();
      });
    });
    const command = { user: SENDER, channel: CHANNEL, command: '/later', text: '' };
    const respond = async (): Promise<number> =>
      (await fetch(address, { method: 'POST', body: '{"text":"x"}', headers: { 'content-type': 'application/json' } }))
        .status;
    await driverOf(sandbox).post('command', command);
    for (let i = 0; i < 5; i += 1) expect(await respond()).toBe(200);
    expect(await respond()).toBe(404);
    expect((await messagesOf()).map(({ ephemeralFor }) => ephemeralFor)).toEqual(Array(5).fill(SENDER));
    await driverOf(sandbox).post('command', command);
    sandbox.clock.moveTo(new Date('2026-12-03T15:31:00Z'));
    expect(await respond()).toBe(404);
    await app.stop();
  });
});

describe('files', () => {
  const base64 = Buffer.from('name\nAna\n').toString('base64');
  const files = [{ name: 'patients.csv', mimetype: 'text/csv', base64 }];

  test('a file that somebody drops is told of by its id, and fetched with the token', async () => {
    const events: Json[] = [];
    const app = await runHttpApp(sandbox, (bolt) => {
      bolt.use(async ({ body, next }) => {
        events.push((body as unknown as { event: Json }).event);
        await next();
      });
    });
    const { files: dropped, ts } = await say('Here', { channel: 'C0IMPORTS', files });
    await until(() => events.length === 2);
    const id = dropped[0]?.id ?? '';
    expect(events.find(({ type }) => type === 'file_shared')).toMatchObject({ file_id: id, channel_id: 'C0IMPORTS' });
    expect(events.find(({ type }) => type === 'message')).toMatchObject({ subtype: 'file_share', files: [{ id }] });
    const { file } = await clientOf(sandbox).files.info({ file: id });
    expect(file).toMatchObject({ user: SENDER, size: 9, shares: { public: { C0IMPORTS: [{ ts }] } } });
    const download = (headers: Record<string, string>): Promise<Response> =>
      fetch(file?.url_private_download ?? '', { headers });
    const authorization = `Bearer ${sandbox.credentials.slackBotToken}`;
    expect(await (await download({ authorization })).text()).toBe('name\nAna\n');
    const anonymous = await download({});
    expect([anonymous.status, anonymous.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
    expect((await refusal(clientOf(sandbox).files.delete({ file: id }))).error).toBe('cant_delete_file');
    await app.stop();
  });

  test('the app uploads with filesUploadV2, and people see it in the thread', async () => {
    const ts = await post('Answers');
    await clientOf(sandbox).filesUploadV2({
      channel_id: CHANNEL,
      thread_ts: ts,
      initial_comment: 'All of them',
      filename: 'answers.csv',
      file: Buffer.from('a,b\n1,2\n'),
    });
    const message = (await messagesOf(REVIEWER)).at(-1);
    expect(message).toMatchObject({
      text: 'All of them',
      threadTs: ts,
      isBot: true,
      files: [{ name: 'answers.csv', size: 8 }],
    });
    const shown = await fetch(message?.files[0]?.controlUrl ?? '');
    expect(await shown.text()).toBe('a,b\n1,2\n');
  });

  test('an upload cut short is not completed', async () => {
    const client = clientOf(sandbox);
    const { upload_url: url = '', file_id: id = '' } = await client.files.getUploadURLExternal({
      filename: 'a.csv',
      length: 10,
    });
    expect((await fetch(url, { method: 'POST', body: 'short' })).status).toBe(400);
    const completing = client.files.completeUploadExternal({ files: [{ id }], channel_id: CHANNEL });
    expect((await refusal(completing)).error).toBe('file_not_found');
  });
});

describe('people and groups', () => {
  test('the reviewers’ group has the members that were set', async () => {
    const members = async (): Promise<unknown> =>
      (await clientOf(sandbox).usergroups.users.list({ usergroup: sandbox.env['REVIEWERS'] ?? '' })).users;
    expect(await members()).toEqual([REVIEWER]);
    await driverOf(sandbox).post('usergroup', { id: sandbox.env['REVIEWERS'], users: [REVIEWER, SENDER] });
    expect(await members()).toEqual([REVIEWER, SENDER]);
  });

  test('what people type is escaped, linked and named as Slack does', async () => {
    await say('Tom & <b> see https://example.org/a. or ana@example.org 🟠👍🏽 <@U0REVIEWER1>');
    expect((await messagesOf())[0]?.text).toBe(
      'Tom &amp; &lt;b&gt; see <https://example.org/a>. or <mailto:ana@example.org|ana@example.org> ' +
        ':large_orange_circle::+1::skin-tone-4: <@U0REVIEWER1>',
    );
  });

  test('ephemerals are seen by one person, and are nobody’s history', async () => {
    await clientOf(sandbox).chat.postEphemeral({ channel: CHANNEL, user: SENDER, text: 'Only you' });
    expect(await messagesOf(SENDER)).toMatchObject([{ text: 'Only you', ephemeralFor: SENDER }]);
    expect(await messagesOf(REVIEWER)).toEqual([]);
    expect((await clientOf(sandbox).conversations.history({ channel: CHANNEL })).messages).toEqual([]);
  });
});

describe('what a person’s Slack shows', () => {
  test('says of a reply that it was also sent to the channel', async () => {
    const ts = await post('head');
    await say('among us', { threadTs: ts });
    await say('for all', { threadTs: ts, broadcast: true });
    const replies = (await messagesOf()).filter(({ threadTs }) => threadTs === ts);
    expect(replies.map(({ text, broadcast }) => [text, broadcast])).toEqual([
      ['among us', undefined],
      ['for all', true],
    ]);
  });

  test('keeps what each person has chosen in a message, and tells the app of all of it', async () => {
    const values: unknown[] = [];
    const app = await runHttpApp(sandbox, (bolt) => {
      bolt.action(/.*/, async ({ ack, body }) => {
        values.push((body as unknown as { state: { values: unknown } }).state.values);
        await ack();
      });
    });
    const option = (value: string): Json => ({ text: { type: 'plain_text', text: value }, value });
    const select = (id: string): Json => ({
      type: 'static_select',
      action_id: id,
      options: [option('a'), option('b')],
    });
    const blocks = [{ type: 'actions', block_id: 'row', elements: [select('first'), select('second')] }];
    const ts = await post('choose', { blocks });
    const choose = (user: string, actionId: string, value: string): Promise<unknown> =>
      driverOf(sandbox).post('action', {
        user,
        channel: CHANNEL,
        ts,
        actionId,
        choice: { selected_option: { value } },
      });
    await choose(SENDER, 'first', 'a');
    await choose(SENDER, 'second', 'b');
    await choose(REVIEWER, 'second', 'a');
    const chosen = (value: string | null): unknown =>
      expect.objectContaining({ selected_option: value === null ? null : expect.objectContaining({ value }) });
    expect(values).toEqual([
      { row: { first: chosen('a'), second: chosen(null) } },
      { row: { first: chosen('a'), second: chosen('b') } },
      { row: { first: chosen(null), second: chosen('a') } },
    ]);
    await app.stop();
  });
});
