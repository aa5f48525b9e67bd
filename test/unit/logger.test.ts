import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { WebClient } from '@slack/web-api';
import twilio, { RequestClient } from 'twilio';
import { AppError } from '../../src/domain/errors';
import { createLogger } from '../../src/logger';
import { explain } from '../../src/slack/listeners/guard';
import { openStore } from '../../src/store/store';
import { naughtyStrings } from '../support/naughty';

/** Stands in every name and text of these tests, and must not stand in any line of the log. */
const MARK = 'Quetzalcoatl';
const NUMBER = '16175552001';

const lines: string[] = [];
const log = createLogger('debug', { write: (line: string) => void lines.push(line) });
const written = (): string => lines.join('');
beforeEach(() => (lines.length = 0));

const expectClean = (): void => {
  expect(lines.length).toBeGreaterThan(0);
  expect(lines.filter((line) => line.includes(MARK) || line.includes(NUMBER)).slice(0, 3)).toEqual([]);
  for (const line of lines) expect(() => JSON.parse(line) as unknown).not.toThrow();
};

const caught = async (work: () => unknown): Promise<unknown> => {
  try {
    await work();
  } catch (error) {
    return error;
  }
  throw new Error('nothing was thrown');
};

const names = [
  ...naughtyStrings.map((text) => `${text}${MARK}`),
  `${MARK} ${NUMBER}`,
  `x\n    at ${MARK} (/a/${MARK}.js:1:1)`,
];

test('naughty strings as names, texts and keys: nothing of them is written', () => {
  for (const name of names) {
    const patient = { firstName: name, [name]: name, phone: `+${NUMBER}`, groups: [name, { name }] };
    log.info({ name, text: name, patient, deep: { deeper: { deepest: { patient } } }, list: [[name]] }, 'x');
    log.warn(
      { Body: name, From: `+${NUMBER}`, unheardOf: name, job: `${name}’s`, path: `<${name}>`, error: `${name}?` },
      'x',
    );
  }
  expectClean();
});

test('naughty strings in errors of any kind, in their causes, names, codes and stacks', () => {
  for (const name of names) {
    const wild = Object.assign(new Error(name, { cause: new TypeError(name, { cause: name }) }), {
      code: name,
      data: { error: name },
    });
    const renamed = Object.assign(new Error('x'), { name, message: name });
    for (const err of [wild, renamed, new AggregateError([wild], name), name, { message: name, stack: name }, null]) {
      log.error({ err }, 'x');
      log.error({ nested: { err, list: [err] } }, 'x');
    }
  }
  expectClean();
});

describe('errors that quote what they were given', () => {
  let dir: string;
  beforeAll(() => (dir = mkdtempSync(join(tmpdir(), 'carethread-log-'))));
  afterAll(() => rmSync(dir, { recursive: true, force: true }));

  test('of the database', async () => {
    const { store } = openStore(`file:${join(dir, 'a.db')}`);
    const errors = [
      await caught(() => store.patients.find(MARK, 'all' as unknown as number)),
      await caught(() => store.patients.update(999, { firstName: MARK, updatedAt: MARK as unknown as Date })),
    ];
    await store.close();
    expect(errors.map(String).join(' ')).toContain(MARK);
    for (const err of errors) log.error({ err }, 'x');
    expectClean();
    expect(written()).toContain('"kind":"PrismaClient');
  });

  test('of Slack, with the request in them', async () => {
    const client = new WebClient('xoxb-1', { slackApiUrl: 'http://127.0.0.1:9/', retryConfig: { retries: 0 } });
    const text = `${MARK} ${NUMBER}`;
    log.error({ err: await caught(() => client.chat.postMessage({ channel: 'C1', text })) }, 'x');
    expectClean();
    expect(written()).toContain('slack_webapi_request_error');
  });

  test('of Twilio, with the number in them', async () => {
    const body = { code: 21211, message: `+${NUMBER} ${MARK}`, status: 400 };
    const httpClient = new RequestClient();
    httpClient.request = () => Promise.resolve({ statusCode: 400, body, headers: {} } as never);
    const client = twilio(`AC${'0'.repeat(32)}`, 'token', { httpClient });
    const err = await caught(() => client.messages.create({ to: `+${NUMBER}`, from: `+${NUMBER}`, body: MARK }));
    expect(String(err)).toContain(MARK);
    log.error({ err }, 'x');
    expectClean();
    expect(written()).toContain('21211');
  });

  test('of reading JSON', async () => {
    log.error({ err: await caught(() => JSON.parse(MARK) as unknown) }, 'x');
    expectClean();
    expect(written()).toContain('"kind":"SyntaxError"');
  });
});

test('what is left tells where it happened, and a refusal of ours says what', () => {
  log.error({ err: new Error('x', { cause: new RangeError('y') }), messageId: 7, job: 'tend' }, 'a job failed');
  log.warn({ err: new AppError('FORBIDDEN', { message: 'U0X may not audit.read', userMessage: 'No.' }) }, 'x');
  expect(written()).toMatch(/"kind":"Error","at":\[".*logger\.test\.ts:\d+:\d+"/);
  expect(written()).toContain('"cause":{"kind":"RangeError"');
  expect(written()).toContain('"messageId":7,"job":"tend"');
  expect(written()).toContain('U0X may not audit.read');
});

test('staff get a reference, and it stands in the log', () => {
  const told = explain({ log }, new Error(MARK));
  const [reference = ''] = /[0-9a-f]{8}$/.exec(told) ?? [];
  expect(told).not.toContain(MARK);
  expect(written()).toContain(`"reference":"${reference}"`);
  expectClean();
});

/** A law of the source: a log's words are written by us, never put together. */
test('every message to the log is a fixed sentence', () => {
  const root = join(__dirname, '../../src');
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter(
    (name) => name.endsWith('.ts') && !/^(sandbox|store\/generated)\//.test(name),
  );
  const built = files.filter((name) =>
    /log\.(info|warn|error)\(\s*\{[^;]*?\},\s*(`[^`]*\$\{|[^'`\s])/.test(readFileSync(join(root, name), 'utf8')),
  );
  expect(built).toEqual([]);
});
