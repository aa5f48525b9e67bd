/** .env.example and config.ts name the same variables, and what stands there as a default is the default. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { readConfig } from '../../src/config';

const root = join(__dirname, '../..');
const example = readFileSync(join(root, '.env.example'), 'utf8');
const inExample = parseEnv(example) as Record<string, string>;
const inConfig = [...readFileSync(join(root, 'src/config.ts'), 'utf8').matchAll(/^ {2}([A-Z][A-Z0-9_]*): /gm)].map(
  ([, name = '']) => name,
);

/** The least that a real installation sets. */
const LEAST = {
  SLACK_BOT_TOKEN: 'xoxb-1',
  SLACK_APP_TOKEN: 'xapp-1',
  TWILIO_ACCOUNT_SID: 'AC1',
  TWILIO_AUTH_TOKEN: 'token',
  TWILIO_FROM: '+15551234567',
  PUBLIC_URL: 'https://carethread.example.org',
  CHANNEL_REPLIES: 'C1',
  CHANNEL_APPROVALS: 'C2',
};

test('every variable that is read is explained, and no other', () => {
  expect(inConfig.length).toBeGreaterThan(20);
  expect(Object.keys(inExample).sort()).toEqual([...inConfig].sort());
});

test('each has a comment right above it', () => {
  const lines = example.split('\n');
  const bare = lines.filter((line, index) => /^[A-Z]/.test(line) && !lines[index - 1]?.startsWith('# '));
  expect(bare).toEqual([]);
});

test('what is filled in is what one gets without it', () => {
  expect(readConfig({ ...inExample, ...LEAST })).toEqual(readConfig(LEAST));
});
