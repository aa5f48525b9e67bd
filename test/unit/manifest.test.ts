/** manifest.yml is what Slack takes, and grants what the code uses: no less, and no more. */
import { readdirSync, readFileSync, writeFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Ajv from 'ajv';
import { createGenerator } from 'ts-json-schema-generator';

const { load } = jest.requireActual<{ load: (text: string) => unknown }>('js-yaml');

const root = join(__dirname, '../..');

interface SlackManifest {
  readonly display_information: { readonly name: string; readonly description: string };
  readonly features: {
    readonly app_home: Readonly<Record<string, boolean>>;
    readonly slash_commands: readonly { readonly command: string; readonly usage_hint: string }[];
  };
  readonly oauth_config: { readonly scopes: { readonly bot: readonly string[] } };
  readonly settings: {
    readonly event_subscriptions: { readonly bot_events: readonly string[] };
    readonly interactivity: { readonly is_enabled: boolean };
  };
}

const text = readFileSync(join(root, 'manifest.yml'), 'utf8');
const manifest = load(text) as SlackManifest;

/** The scopes of each Web API method, as its reference page names them for a bot. */
const SCOPES: Readonly<Record<string, readonly string[]>> = {
  'auth.test': [],
  'chat.getPermalink': [],
  'chat.postEphemeral': ['chat:write'],
  'chat.postMessage': ['chat:write'],
  'chat.update': ['chat:write'],
  'conversations.history': ['channels:history', 'groups:history', 'im:history'],
  'conversations.info': ['channels:read', 'groups:read', 'im:read'],
  'conversations.open': ['im:write'],
  'conversations.replies': ['channels:history', 'groups:history', 'im:history'],
  'files.info': ['files:read'],
  filesUploadV2: ['files:write'],
  'reactions.add': ['reactions:write'],
  'reactions.get': ['reactions:read'],
  'reactions.remove': ['reactions:write'],
  'usergroups.users.list': ['usergroups:read'],
  'users.info': ['users:read'],
  'views.open': [],
  'views.push': [],
  'views.update': [],
  'views.publish': [],
};

/** The subscriptions that bring each event to a listener, and the scopes without which Slack does not send it. */
const EVENTS: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  app_home_opened: { app_home_opened: [] },
  file_shared: { file_shared: ['files:read'] },
  message: {
    'message.channels': ['channels:history'],
    'message.groups': ['groups:history'],
    'message.im': ['im:history'],
  },
  reaction_added: { reaction_added: ['reactions:read'] },
  reaction_removed: { reaction_removed: ['reactions:read'] },
};

const source = readdirSync(join(root, 'src/slack'), { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts'))
  .map((name) => readFileSync(join(root, 'src/slack', name), 'utf8'))
  .join('\n');

const found = (pattern: RegExp): string[] =>
  [...new Set([...source.matchAll(pattern)].map(([, name = '']) => name))].sort();

const methods = found(/\bclient\s*\.\s*((?:\w+\.)*\w+)\(|\)\.((?:auth)\.test)\(/g);
const events = found(/\bapp\.event\('(\w+)'/g);
const commands = found(/\bapp\.command\('([^']+)'/g);

const unique = (lists: readonly (readonly string[])[]): string[] => [...new Set(lists.flat())].sort();

test('Slack’s own type of a manifest takes it', () => {
  const dir = mkdtempSync(join(tmpdir(), 'manifest-'));
  const path = join(root, 'node_modules/@slack/web-api/dist/types/request/manifest.d.ts');
  const tsconfig = join(dir, 'tsconfig.json');
  writeFileSync(tsconfig, JSON.stringify({ compilerOptions: { skipLibCheck: true, types: [] }, files: [path] }));
  const schema = createGenerator({ path, tsconfig, type: 'Manifest', skipTypeCheck: true }).createSchema('Manifest');
  rmSync(dir, { recursive: true });
  const validate = new Ajv({ strict: false, allErrors: true }).compile(schema as object);
  validate(manifest);
  expect(validate.errors ?? []).toEqual([]);
  expect(validate({ ...(manifest as object), settings: { socket_mode_enabled: 'yes' } })).toBe(false);
});

test('the scopes are those of the methods and events in use, and no more', () => {
  expect(methods.filter((method) => !(method in SCOPES))).toEqual([]);
  expect(methods).toContain('chat.postMessage');
  const needed = unique([
    ['commands'],
    ...methods.map((method) => SCOPES[method] ?? []),
    ...events.flatMap((event) => Object.values(EVENTS[event] ?? {})),
  ]);
  expect([...manifest.oauth_config.scopes.bot].sort()).toEqual(needed);
});

test('every event that is listened to is subscribed to, and no other', () => {
  expect(events.filter((event) => !(event in EVENTS))).toEqual([]);
  const needed = unique(events.map((event) => Object.keys(EVENTS[event] ?? {})));
  expect([...manifest.settings.event_subscriptions.bot_events].sort()).toEqual(needed);
});

test('commands, buttons, forms and the Home tab reach the app', () => {
  expect(manifest.features.slash_commands.map(({ command }) => command)).toEqual(commands);
  expect(manifest.settings.interactivity.is_enabled).toBe(true);
  expect(manifest.features.app_home).toEqual({
    home_tab_enabled: true,
    messages_tab_enabled: true,
    messages_tab_read_only_enabled: false,
  });
});

test('it keeps to Slack’s limits', () => {
  expect(manifest.display_information.name.length).toBeLessThanOrEqual(35);
  expect(manifest.display_information.description.length).toBeLessThanOrEqual(140);
  for (const { usage_hint } of manifest.features.slash_commands) expect(usage_hint.length).toBeLessThanOrEqual(1000);
});

test('with the commented lines in, it is a manifest for HTTP', () => {
  const overHttp = load(text.replace(/# (url|request_url):/g, '$1:')) as {
    features: { slash_commands: [{ url: string }] };
    settings: { event_subscriptions: { request_url: string }; interactivity: { request_url: string } };
  };
  const { features, settings } = overHttp;
  const addresses = [
    features.slash_commands[0].url,
    settings.event_subscriptions.request_url,
    settings.interactivity.request_url,
  ];
  expect(addresses).toEqual(Array(3).fill('https://carethread.example.org/slack/events'));
});
