import { z } from 'zod';
import { parseTextingWindow, type TextingWindow } from './domain/texting-window';
import { isTimeZone } from './domain/time-zone';

const text = z.string().min(1);
const slackId = (kind: RegExp, what: string) => text.regex(kind, `is not ${what}`);
const ids = text
  .optional()
  .transform((value) => (value ?? '').split(/[\s,;]+/).filter((id) => id !== ''))
  .refine((list) => list.every((id) => /^[UWS]\w+$/.test(id)), {
    message:
      'takes user ids (U…) and user-group ids (S…), separated by commas; find them in Slack under "Copy member ID"',
  });
const url = z.url({ protocol: /^https?$/, error: 'is not an address that begins with http:// or https://' });
const count = (least: number) =>
  z.coerce.number({ error: 'is not a number' }).int('is not a whole number').min(least, `is below ${least}`);
/** Whatever the case: `POLL` is as good as `poll`. */
const oneOf = <const T extends readonly [string, ...string[]]>(values: T, otherwise: string) =>
  text.toLowerCase().pipe(z.enum(values, otherwise));
const timeZone = text.refine(isTimeZone, 'is not an IANA time zone; for example America/New_York');

const textingWindow = text.transform((value, context): TextingWindow => {
  try {
    return parseTextingWindow(value);
  } catch (error) {
    const why =
      error instanceof Error && 'userMessage' in error ? String(error.userMessage) : 'is not like 07:00-21:00';
    context.addIssue({ code: 'custom', message: why });
    return z.NEVER;
  }
});

/** What commands need that work on the database alone. */
const storageSchema = z.object({
  DATABASE_URL: text
    .regex(/^file:.+/, 'is not file:<path>; PostgreSQL is not supported yet')
    .default('file:./data/carethread.db'),
  DATABASE_KEY: text.min(16, 'is shorter than 16 characters; openssl rand -base64 32 makes a good one').optional(),
  DATABASE_KEY_FORMER: text.optional(),
  BACKUP_DIR: text.optional(),
  BACKUP_KEEP: count(0).default(14),
  CLOCK_URL: url.optional(),
});

/** What an import needs beside the database. */
const placeSchema = z.object({
  CLINIC_TIME_ZONE: timeZone.default('America/New_York'),
  CLINIC_COUNTRY: text.length(2, 'is not a two-letter country code like US').toUpperCase().default('US'),
});

const schema = z.object({
  ...storageSchema.shape,
  ...placeSchema.shape,
  SLACK_BOT_TOKEN: text.startsWith('xoxb-', 'is not a bot token: it begins with xoxb- (OAuth & Permissions)'),
  SLACK_SIGNING_SECRET: text.optional(),
  SLACK_APP_TOKEN: text
    .startsWith('xapp-', 'is not an app-level token: it begins with xapp- (Basic Information)')
    .optional(),
  SLACK_API_URL: url
    .default('https://slack.com/api/')
    .transform((value) => (value.endsWith('/') ? value : `${value}/`)),
  TWILIO_ACCOUNT_SID: text.startsWith('AC', 'is not an account SID: it begins with AC (Twilio Console, first page)'),
  TWILIO_AUTH_TOKEN: text,
  TWILIO_FROM: text
    .regex(/^(\+[1-9]\d{6,14}|\d{5,6})$/, 'is not a number like +15551234567 or a short code')
    .optional(),
  TWILIO_MESSAGING_SERVICE_SID: text.startsWith('MG', 'is not a Messaging Service SID: it begins with MG').optional(),
  TWILIO_API_URL: url.default('https://api.twilio.com').transform((value) => value.replace(/\/$/, '')),
  TWILIO_INBOUND: oneOf(['webhook', 'poll'], 'is neither webhook nor poll').default('webhook'),
  TWILIO_RATE: z.coerce.number('is not a number').min(0, 'is below 0').default(1),
  RETENTION_DAYS: count(0).default(0),
  PORT: count(0).default(3000),
  PUBLIC_URL: url.transform((value) => value.replace(/\/$/, '')).optional(),
  CLINIC_NAME: text.default('Our clinic'),
  CLINIC_PHONE: text.optional(),
  TEXTING_WINDOW: textingWindow.prefault('07:00-21:00'),
  REPLY_THREADS: oneOf(['all', 'unexpected'], 'is neither all nor unexpected').default('all'),
  APPROVAL_THRESHOLD: count(0).default(100),
  LARGE_SEND_THRESHOLD: count(1).default(25_000),
  TEMPLATE_REVIEW: oneOf(['on', 'off'], 'is neither on nor off').default('off'),
  TEMPLATE_LIBRARY: text.optional(),
  PRICE_PER_SEGMENT: z.coerce.number('is not a number').min(0).default(0.0079),
  CHANNEL_REPLIES: slackId(/^[CG]\w+$/, 'a channel id (C…): channel name, "View channel details", bottom'),
  CHANNEL_APPROVALS: slackId(/^[CG]\w+$/, 'a channel id (C…): channel name, "View channel details", bottom'),
  CHANNEL_IMPORTS: slackId(/^[CG]\w+$/, 'a channel id (C…): channel name, "View channel details", bottom').optional(),
  SENDERS: ids,
  REVIEWERS: ids,
  RESPONDERS: ids,
  ADMINS: ids,
  REVEAL: oneOf(['on', 'off'], 'is neither on nor off').default('on'),
  LOG_LEVEL: oneOf(
    ['fatal', 'error', 'warn', 'info', 'debug', 'silent'],
    'is none of fatal, error, warn, info, debug and silent',
  ).default('info'),
});

export type Config = Omit<z.output<typeof schema>, 'PUBLIC_URL'> & {
  /** Where Twilio reaches this app; undefined only when Twilio is polled. */
  readonly PUBLIC_URL: string | undefined;
};

/** The variables that say "this is a real installation": with none of them set, `npm start` opens the sandbox. */
const CREDENTIALS = [
  'SLACK_BOT_TOKEN',
  'SLACK_SIGNING_SECRET',
  'SLACK_APP_TOKEN',
  'TWILIO_ACCOUNT_SID',
  'TWILIO_AUTH_TOKEN',
  'TWILIO_FROM',
  'TWILIO_MESSAGING_SERVICE_SID',
] as const;

export type Environment = Readonly<Record<string, string | undefined>>;

/** Lists every fault of the environment at once, each with its mend. */
export class ConfigError extends Error {
  constructor(readonly faults: readonly string[]) {
    super(
      `The environment has ${faults.length} fault${faults.length === 1 ? '' : 's'}:\n${faults.map((f) => `  ✗ ${f}`).join('\n')}`,
    );
    this.name = 'ConfigError';
  }
}

/** An empty variable is an unset one: `.env` files are full of `NAME=`. */
const withoutEmpty = (env: Environment): Environment =>
  Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value.trim() !== ''));

export const hasCredentials = (env: Environment): boolean => {
  const set = withoutEmpty(env);
  return CREDENTIALS.some((name) => set[name] !== undefined);
};

/**
 * The app's configuration.
 * @throws ConfigError with all faults at once
 */
export function readConfig(env: Environment): Config {
  const given = withoutEmpty(env);
  const parsed = schema.safeParse(given);
  const faults = parsed.success ? [] : parsed.error.issues.map((issue) => describe(issue, given));
  faults.push(...faultsBetween(given));
  if (!parsed.success || faults.length > 0) throw new ConfigError(faults);
  return { ...parsed.data, PUBLIC_URL: parsed.data.PUBLIC_URL ?? addressForTrials(parsed.data) };
}

export type StorageConfig = z.output<typeof storageSchema>;

/**
 * For commands that work on the database alone: they run where Slack's and Twilio's credentials are not.
 * @throws ConfigError with all faults at once
 */
export const readStorageConfig = (env: Environment): StorageConfig => readPart(storageSchema, env);

/** For the import from the command line. @throws ConfigError with all faults at once */
export const readImportConfig = (env: Environment): StorageConfig & z.output<typeof placeSchema> =>
  readPart(storageSchema.extend(placeSchema.shape), env);

function readPart<T>(part: z.ZodType<T>, env: Environment): T {
  const given = withoutEmpty(env);
  const parsed = part.safeParse(given);
  if (!parsed.success) throw new ConfigError(parsed.error.issues.map((issue) => describe(issue, given)));
  return parsed.data;
}

/** A Twilio on this machine reaches us without a public address. */
const addressForTrials = (config: z.output<typeof schema>): string | undefined =>
  config.TWILIO_INBOUND !== 'poll' && isOfThisMachine(config.TWILIO_API_URL)
    ? `http://127.0.0.1:${config.PORT}`
    : undefined;

function describe(issue: z.core.$ZodIssue, given: Environment): string {
  const name = String(issue.path[0]);
  if (given[name] === undefined) return `${name} is missing. .env.example says where to find it.`;
  const says = issue.message.replace(/\.$/, '');
  // "is not a number" follows the name; a sentence of its own stands after a colon.
  return /^[a-z]/.test(says) ? `${name} ${says}.` : `${name}: ${says}.`;
}

/** What no variable can tell alone. */
function faultsBetween(given: Environment): string[] {
  const faults: string[] = [];
  if (!given.SLACK_APP_TOKEN && !given.SLACK_SIGNING_SECRET) {
    faults.push(
      'SLACK_SIGNING_SECRET is missing (Basic Information, App Credentials); or set SLACK_APP_TOKEN for Socket Mode.',
    );
  }
  if (!given.TWILIO_FROM && !given.TWILIO_MESSAGING_SERVICE_SID) {
    faults.push(
      'TWILIO_FROM or TWILIO_MESSAGING_SERVICE_SID is missing: one of them says which number texts go out from.',
    );
  }
  if (given.TWILIO_INBOUND !== 'poll' && !given.PUBLIC_URL && !isOfThisMachine(given.TWILIO_API_URL)) {
    faults.push(
      'PUBLIC_URL is missing: Twilio signs and calls that address. Without a public address set TWILIO_INBOUND=poll.',
    );
  }
  if (given.CLOCK_URL && ![given.SLACK_API_URL, given.TWILIO_API_URL, given.CLOCK_URL].every(isOfThisMachine)) {
    faults.push('CLOCK_URL is for trials only: Slack and Twilio must then be at addresses of this machine too.');
  }
  return faults;
}

const isOfThisMachine = (address: string | undefined): boolean =>
  address !== undefined &&
  URL.canParse(address) &&
  ['127.0.0.1', 'localhost', '[::1]'].includes(new URL(address).hostname);
