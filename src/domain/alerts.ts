import { explainError } from './twilio-errors';

/** What an admin has to mend, or to know of, because the app cannot go on as it should. */
export type AlertKind =
  | 'sending'
  | 'twilio'
  | 'uncertain'
  | 'webhooks_refused'
  | 'webhooks_missing'
  | 'posts'
  | 'disk'
  | 'backup'
  | `channel:${string}`;

/** `unknown`: nothing was seen that speaks for either, as after a start; what stands, stands. */
export type Judgement = { readonly is: 'bad'; readonly detail: string } | { readonly is: 'well' | 'unknown' };
export type Judgements = ReadonlyMap<AlertKind, Judgement>;

/** What is looked at. */
export interface Signs {
  /** Twilio's code for which everything stopped; `accepted` since; null = neither since the start. */
  readonly sending: number | 'accepted' | null;
  /** Since when every text, or every question for replies, failed at Twilio or was turned away as one too many. */
  readonly twilioFailsSince: Date | 'answers' | null;
  /** Texts of which nobody knows whether Twilio has them: how many, and how long the longest. */
  readonly uncertain: { readonly texts: number; readonly oldestMinutes: number };
  /** In a row, with a signature that does not fit; a good one ends it. */
  readonly webhooks: { readonly refusedInRow: number; readonly good: boolean };
  /** Replies that only Twilio's list brought since the last that a webhook brought; null where no webhook is expected. */
  readonly replies: { readonly missed: number; readonly good: boolean } | null;
  /** Posts that Slack refuses again and again, and its word for it. */
  readonly posts: { readonly refused: number; readonly error: string };
  /** In bytes. */
  readonly disk: { readonly free: number; readonly total: number; readonly database: number } | null;
  readonly backup: 'made' | 'failed' | null;
  /** Channels that did not take our posts, and do again. */
  readonly channelsWell: readonly string[];
}

const UNCERTAIN_MINUTES = 15;
const SILENT_MINUTES = 10;
/** One wrong signature may be anybody's who found the address. */
const MOST_REFUSED = 3;
const GIGABYTE = 1e9;
const LEAST_SHARE = 0.03;

const well: Judgement = { is: 'well' };
const unknown: Judgement = { is: 'unknown' };
const bad = (detail: string | number): Judgement => ({ is: 'bad', detail: String(detail) });

/** What is wrong now. Pure: told the signs and the time, it says what anybody would. */
export function judge(signs: Signs, now: Date): Judgements {
  const { sending, twilioFailsSince, uncertain, webhooks, replies, posts, disk, backup, channelsWell } = signs;
  const silentMs = twilioFailsSince instanceof Date ? now.getTime() - twilioFailsSince.getTime() : 0;
  return new Map<AlertKind, Judgement>([
    ['sending', typeof sending === 'number' ? bad(sending) : sending === 'accepted' ? well : unknown],
    ['twilio', silentMs >= SILENT_MINUTES * 60_000 ? bad('') : ifGood(twilioFailsSince === 'answers')],
    ['uncertain', uncertain.oldestMinutes > UNCERTAIN_MINUTES ? bad(uncertain.texts) : well],
    [
      'webhooks_refused',
      webhooks.refusedInRow >= MOST_REFUSED ? bad(webhooks.refusedInRow) : webhooks.good ? well : unknown,
    ],
    ['webhooks_missing', replies === null ? well : replies.missed > 0 ? bad(replies.missed) : ifGood(replies.good)],
    ['posts', posts.refused > 0 ? bad(`${posts.refused} ${posts.error}`) : well],
    ['disk', disk === null ? unknown : judgeRoom(disk)],
    ['backup', backup === 'failed' ? bad('') : ifGood(backup === 'made')],
    ...channelsWell.map((channel): [AlertKind, Judgement] => [`channel:${channel}`, well]),
  ]);
}

const ifGood = (isGood: boolean): Judgement => (isGood ? well : unknown);

/** Room for a copy of the database has to be there. Between the two limits nothing changes: it would come and go. */
function judgeRoom({ free, total, database }: NonNullable<Signs['disk']>): Judgement {
  const least = Math.max(0.2 * GIGABYTE, Math.min(GIGABYTE, LEAST_SHARE * total), database);
  if (free < least) return bad((free / GIGABYTE).toFixed(1));
  return free > 1.2 * least ? well : unknown;
}

/** What is kept of a kind of trouble. */
export interface StoredAlert {
  readonly kind: string;
  readonly since: Date;
  readonly endedAt: Date | null;
  readonly detail: string;
  readonly told: boolean;
}

/** Something that comes and goes is told at most once an hour. */
const QUIET_MS = 3_600_000;

export interface AlertSteps {
  readonly begin: readonly { readonly kind: AlertKind; readonly detail: string }[];
  readonly end: readonly AlertKind[];
}

/** What has to change in what is kept. What stands is not begun again; what is unknown stays as it is. */
export function stepsOf(kept: readonly StoredAlert[], judged: Judgements, now: Date): AlertSteps {
  const byKind = new Map(kept.map((alert) => [alert.kind, alert]));
  const begin = [...judged].flatMap(([kind, judgement]) => {
    const former = byKind.get(kind);
    const mayBegin =
      former === undefined || (former.endedAt !== null && now.getTime() - former.endedAt.getTime() >= QUIET_MS);
    return judgement.is === 'bad' && mayBegin ? [{ kind, detail: judgement.detail }] : [];
  });
  const end = [...judged].flatMap(([kind, { is }]) =>
    is === 'well' && byKind.get(kind)?.endedAt === null ? [kind] : [],
  );
  return { begin, end };
}

const DOCTOR = '`npm run doctor`, and *Check the installation* on my Home tab, say what is wrong.';
type Words = readonly [began: (detail: string) => string, over: string];

const texts = (count: string): string => (count === '1' ? '1 text' : `${count} texts`);

const WORDS: Readonly<Record<Exclude<AlertKind, `channel:${string}`>, Words>> = {
  sending: [
    (code) =>
      `🔴 ${explainError(Number(code)).sentence} Twilio's code: ${code}. Running sends are paused; single texts wait. ${DOCTOR}`,
    'Twilio takes texts again. Sends that were paused wait until somebody presses Resume.',
  ],
  twilio: [
    () =>
      `🔴 ${SILENT_MINUTES} minutes without an answer of use from Twilio: it does not answer, or says that it is too busy. Texts wait, and go out by themselves. Look at https://status.twilio.com and at this machine's network.`,
    'Twilio takes texts again; what waited goes out.',
  ],
  uncertain: [
    (count) =>
      `🟠 ${texts(count)}: for more than ${UNCERTAIN_MINUTES} minutes nobody knows whether Twilio has ${count === '1' ? 'it' : 'them'}. Nothing is sent twice: I ask Twilio's list until it answers. Look at https://status.twilio.com. If it is urgent, call the patients.`,
    'It is known of every text whether Twilio has it.',
  ],
  webhooks_refused: [
    (count) =>
      `🔴 ${count} messages from Twilio in a row had a wrong signature, and were not let in. Replies still come, up to 2 minutes late. TWILIO_AUTH_TOKEN must be the account's, and PUBLIC_URL exactly the address that Twilio calls. ${DOCTOR}`,
    'Twilio’s signatures fit again.',
  ],
  webhooks_missing: [
    (count) =>
      `🟠 ${count === '1' ? '1 reply' : `${count} replies`} came only because I asked Twilio: its webhooks do not arrive here. Nothing is lost, but replies may be 2 minutes late. ${DOCTOR}`,
    'Twilio brings replies by itself again.',
  ],
  posts: [
    (detail) => {
      const [count, error] = detail.split(' ');
      return `🟠 Slack refuses ${count === '1' ? '1 post' : `${count} posts`} again and again (${error}). They are tried again and not lost. ${DOCTOR}`;
    },
    'Slack takes every post again.',
  ],
  disk: [
    (gigabytes) =>
      `🔴 ${gigabytes} GB are left on the disk of the database. When it is full, no reply can be kept and nothing is sent. Make room there, or move BACKUP_DIR to another disk.`,
    'There is room on the disk again.',
  ],
  backup: [
    () =>
      '🟠 The nightly backup failed. It is tried again every 10 minutes. Look whether BACKUP_DIR can be written, and whether there is room on its disk.',
    'A backup was made.',
  ],
};

const MADE_OF_CHANNEL = 'channel:';

/** What admins are told: number first, what it means, what to do; and once it is over, that it is. */
export function wordsOfAlert({ kind, detail, endedAt }: Pick<StoredAlert, 'kind' | 'detail' | 'endedAt'>): string {
  if (kind.startsWith(MADE_OF_CHANNEL))
    return `✅ Well again: <#${kind.slice(MADE_OF_CHANNEL.length)}> takes my posts.`;
  const [began, over] = WORDS[kind as keyof typeof WORDS];
  return endedAt === null ? began(detail) : `✅ Well again: ${over}`;
}
