import { ConfigError, type Environment, hasCredentials, readConfig } from '../../src/config';

/** All that a clinic has to set. */
const REAL = {
  SLACK_BOT_TOKEN: 'xoxb-1-2-token',
  SLACK_SIGNING_SECRET: 'secret',
  TWILIO_ACCOUNT_SID: 'AC00000000000000000000000000000000',
  TWILIO_AUTH_TOKEN: 'token',
  TWILIO_FROM: '+16175550006',
  PUBLIC_URL: 'https://carethread.clinic.example',
  CHANNEL_REPLIES: 'C0REPLIES',
  CHANNEL_APPROVALS: 'C0APPROVALS',
} as const;

const faultsOf = (env: Environment): readonly string[] => {
  try {
    readConfig(env);
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.faults;
    throw error;
  }
};
const without = (...names: readonly (keyof typeof REAL)[]): Environment =>
  Object.fromEntries(Object.entries(REAL).filter(([name]) => !names.includes(name as keyof typeof REAL)));

test('what is needed is enough; the rest has defaults', () => {
  expect(readConfig(REAL)).toMatchObject({
    ...REAL,
    SLACK_API_URL: 'https://slack.com/api/',
    TWILIO_API_URL: 'https://api.twilio.com',
    TWILIO_INBOUND: 'webhook',
    TWILIO_RATE: 1,
    DATABASE_URL: 'file:./data/carethread.db',
    PORT: 3000,
    CLINIC_TIME_ZONE: 'America/New_York',
    APPROVAL_THRESHOLD: 100,
    LARGE_SEND_THRESHOLD: 25_000,
    SENDERS: [],
    REVIEWERS: [],
  });
});

test('an empty variable is an unset one, blanks as well', () => {
  const empty = { CLINIC_NAME: '', CLINIC_TIME_ZONE: '  ', TWILIO_RATE: '', SENDERS: '', SLACK_APP_TOKEN: '' };
  expect(readConfig({ ...REAL, ...empty })).toEqual(readConfig(REAL));
  expect(faultsOf({ ...REAL, TWILIO_AUTH_TOKEN: ' ' })).toEqual([expect.stringContaining('TWILIO_AUTH_TOKEN')]);
});

test('people write lists and words as they do elsewhere', () => {
  const written = { REVIEWERS: 'U0REV1; U0REV2\tS0GROUP', TWILIO_INBOUND: 'Poll', REVEAL: 'OFF', LOG_LEVEL: 'WARN' };
  expect(readConfig({ ...REAL, ...written })).toMatchObject({
    REVIEWERS: ['U0REV1', 'U0REV2', 'S0GROUP'],
    TWILIO_INBOUND: 'poll',
    REVEAL: 'off',
    LOG_LEVEL: 'warn',
  });
});

test('all faults come at once, each with its name and its mend', () => {
  const faults = faultsOf({
    SLACK_BOT_TOKEN: 'xoxp-not-a-bot',
    TWILIO_ACCOUNT_SID: REAL.TWILIO_ACCOUNT_SID,
    TWILIO_RATE: 'fast',
    PORT: '-1',
    CLINIC_TIME_ZONE: 'Boston',
    TEXTING_WINDOW: '9 to 5',
    SENDERS: 'maya, U0SENDER1',
    CHANNEL_REPLIES: '#replies',
    DATABASE_URL: 'mysql://somewhere',
    TWILIO_INBOUND: 'mail',
  });
  const names = faults.map((fault) => /^[A-Z_]+/.exec(fault)?.[0]);
  expect(new Set(names)).toEqual(
    new Set([
      ...['SLACK_BOT_TOKEN', 'SLACK_SIGNING_SECRET', 'TWILIO_AUTH_TOKEN', 'TWILIO_FROM', 'TWILIO_RATE', 'PORT'],
      ...['CLINIC_TIME_ZONE', 'TEXTING_WINDOW', 'SENDERS', 'CHANNEL_REPLIES', 'CHANNEL_APPROVALS', 'DATABASE_URL'],
      ...['TWILIO_INBOUND', 'PUBLIC_URL'],
    ]),
  );
  expect(new ConfigError(faults).message).toContain(`The environment has ${faults.length} faults:`);
  expect(faults.join('\n')).toContain('America/New_York');
  expect(faults.join('\n')).toContain('xoxb-');
});

test('no fault quotes a secret', () => {
  const faults = faultsOf({ ...REAL, SLACK_BOT_TOKEN: 'xoxp-very-secret', SLACK_APP_TOKEN: 'also-secret' });
  expect(faults).toHaveLength(2);
  expect(faults.join('\n')).not.toMatch(/very-secret|also-secret/);
});

describe('some credentials without the others', () => {
  test.each([
    ['SLACK_BOT_TOKEN', 'SLACK_BOT_TOKEN is missing'],
    ['SLACK_SIGNING_SECRET', 'or set SLACK_APP_TOKEN for Socket Mode'],
    ['TWILIO_ACCOUNT_SID', 'TWILIO_ACCOUNT_SID is missing'],
    ['TWILIO_AUTH_TOKEN', 'TWILIO_AUTH_TOKEN is missing'],
    ['TWILIO_FROM', 'TWILIO_FROM or TWILIO_MESSAGING_SERVICE_SID is missing'],
    ['PUBLIC_URL', 'Without a public address set TWILIO_INBOUND=poll'],
    ['CHANNEL_REPLIES', 'CHANNEL_REPLIES is missing'],
  ] as const)('%s alone is missed', (name, told) => {
    expect(faultsOf(without(name))).toEqual([expect.stringContaining(told)]);
  });

  test('one of them is enough to say that this is no trial', () => {
    expect(hasCredentials({})).toBe(false);
    expect(hasCredentials({ CLINIC_NAME: 'Ours', PORT: '3000' })).toBe(false);
    expect(hasCredentials({ SLACK_BOT_TOKEN: '' })).toBe(false);
    expect(hasCredentials({ TWILIO_AUTH_TOKEN: 'token' })).toBe(true);
  });
});

describe('the ways to connect', () => {
  test('Socket Mode needs no signing secret, and polling no public address', () => {
    const config = readConfig({
      ...without('SLACK_SIGNING_SECRET', 'PUBLIC_URL'),
      SLACK_APP_TOKEN: 'xapp-1-token',
      TWILIO_INBOUND: 'poll',
    });
    expect(config.PUBLIC_URL).toBeUndefined();
  });

  test('a Messaging Service instead of a number', () => {
    const service = 'MG00000000000000000000000000000000';
    expect(readConfig({ ...without('TWILIO_FROM'), TWILIO_MESSAGING_SERVICE_SID: service })).toMatchObject({
      TWILIO_MESSAGING_SERVICE_SID: service,
    });
  });

  test('addresses are taken with and without a slash at their end', () => {
    const given = { SLACK_API_URL: 'http://127.0.0.1:1/api', PUBLIC_URL: 'https://clinic.example/' };
    expect(readConfig({ ...REAL, ...given })).toMatchObject({
      SLACK_API_URL: 'http://127.0.0.1:1/api/',
      PUBLIC_URL: 'https://clinic.example',
    });
  });

  test('a Twilio on this machine reaches us without a public address', () => {
    const config = readConfig({
      ...without('PUBLIC_URL'),
      TWILIO_API_URL: 'http://127.0.0.1:4600/twilio',
      PORT: '3001',
    });
    expect(config.PUBLIC_URL).toBe('http://127.0.0.1:3001');
  });

  test.each(['http://127.0.0.1.evil.example', 'http://127.0.0.1:80@evil.example', 'http://localhost@evil.example/'])(
    'a clock is only followed beside a Slack and a Twilio of this machine: %s is not one',
    (address) => {
      const here = 'http://127.0.0.1:4600';
      const trial = { ...REAL, SLACK_API_URL: `${here}/slack/api/`, TWILIO_API_URL: `${here}/twilio` };
      expect(faultsOf({ ...trial, CLOCK_URL: `${here}/clock` })).toEqual([]);
      expect(faultsOf({ ...trial, CLOCK_URL: address })).toEqual([expect.stringContaining('CLOCK_URL is for trials')]);
      expect(faultsOf({ ...trial, TWILIO_API_URL: address, CLOCK_URL: `${here}/clock` })).toEqual([
        expect.stringContaining('CLOCK_URL is for trials'),
      ]);
    },
  );
});

test('people and user groups are lists of ids', () => {
  expect(readConfig({ ...REAL, REVIEWERS: 'U0REVIEWER1, S0REVIEWERS,' }).REVIEWERS).toEqual([
    'U0REVIEWER1',
    'S0REVIEWERS',
  ]);
});
