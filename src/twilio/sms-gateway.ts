import twilio from 'twilio';
import type { MessageInstance, MessagePage } from 'twilio/lib/rest/api/v2010/account/message';
import type { MediaOutcome, SentMedia } from '../usecases/media';
import type { SendOutcome, SmsFilter, SmsGateway, SmsRecord, SmsRequest } from '../usecases/ports';
import { dateOf } from './date-of';
import { downloadMedia } from './media';
import { OwnNumbers } from './own-numbers';
import type { PictureAddresses } from './picture-address';
import { ConnectionError, UndiciRequestClient } from './undici-request-client';

export interface TwilioSettings {
  readonly accountSid: string;
  readonly authToken: string;
  readonly apiUrl: string;
  readonly from: string | undefined;
  readonly messagingServiceSid: string | undefined;
  /** Where Twilio reports what became of a message; undefined when it is polled instead. */
  readonly statusUrl: string | undefined;
  /** Segments a second; 0 = unlimited. */
  readonly rate: number;
}

/** Longest wait for Twilio's answer, ms. Afterwards the outcome is unknown, and settled from what Twilio knows. */
const TIMEOUT_MS = 15_000;

export function createSmsGateway(
  settings: TwilioSettings,
  addresses?: PictureAddresses,
): SmsGateway & { close(): Promise<void> } {
  const transport = new UndiciRequestClient({
    apiUrl: settings.apiUrl,
    connections: 100,
    timeoutMs: TIMEOUT_MS,
  });
  const client = twilio(settings.accountSid, settings.authToken, { httpClient: transport });
  const ownNumbers = new OwnNumbers(client, settings);
  return {
    send: (request) => send(client, { ...settings, addresses }, request),
    fetch: (sid) => fetchOne(client, sid),
    cancel: (sid) => cancel(client, sid),
    list: async (filter) => (await client.messages.list(listOptions(filter))).map(recordOf),
    fetchMedia: (media) => fetchMedia(client, settings, media),
    redact: (sid) => redact(client, sid),
    listOutbound: (since, wanted) => listOutbound(client, since, wanted),
    listInbound: async (since) => listInbound(client, since, await ownNumbers.list()),
    check: () =>
      client.api.v2010
        .accounts(settings.accountSid)
        .fetch()
        .then(() => undefined),
    close: () => transport.close(),
  };
}

async function fetchOne(client: ReturnType<typeof twilio>, sid: string): Promise<SmsRecord | null> {
  try {
    return recordOf(await client.messages(sid).fetch());
  } catch (error) {
    if (statusOf(error) === 404) return null;
    throw error;
  }
}

/** Where only the message is known, and not its media's address, Twilio's list says it. */
async function fetchMedia(
  client: ReturnType<typeof twilio>,
  settings: TwilioSettings,
  { sid, index, address }: SentMedia,
): Promise<MediaOutcome> {
  if (address !== '') return downloadMedia(settings, address);
  try {
    const media = (await client.messages(sid).media.list({ limit: 20 }))[index];
    if (!media) return { kind: 'gone', why: 'Twilio does not have it any more' };
    return await downloadMedia(settings, new URL(media.uri.replace(/\.json$/, ''), 'https://api.twilio.com').href);
  } catch (error) {
    return statusOf(error) === 404 ? { kind: 'gone', why: 'Twilio does not have it any more' } : { kind: 'later' };
  }
}

async function cancel(client: ReturnType<typeof twilio>, sid: string): Promise<string | null> {
  try {
    return (await client.messages(sid).update({ status: 'canceled' })).status;
  } catch (error) {
    const status = statusOf(error);
    // 409: it is on its way already.
    if (status !== null && status >= 400 && status < 500 && status !== 429) return null;
    throw error;
  }
}

const listOptions = ({ to, since, before, limit }: SmsFilter) => ({
  ...(to === undefined ? {} : { to }),
  ...(since === undefined ? {} : { dateSentAfter: since }),
  ...(before === undefined ? {} : { dateSentBefore: before }),
  limit,
  pageSize: Math.min(limit, 1_000),
});

/** By its SID: messages from a list cannot be updated in twilio 6.2. */
async function redact(client: ReturnType<typeof twilio>, sid: string): Promise<void> {
  try {
    const message = await client.messages(sid).update({ body: '' });
    if (Number(message.numMedia) === 0) return;
    for (const media of await client.messages(sid).media.list()) await client.messages(sid).media(media.sid).remove();
  } catch (error) {
    if (statusOf(error) !== 404) throw error;
  }
}

/** By each of our numbers; by none, all that came to the account. */
async function listInbound(
  client: ReturnType<typeof twilio>,
  since: Date,
  numbers: readonly string[],
): Promise<SmsRecord[]> {
  const filters = numbers.length === 0 ? [{}] : numbers.map((to) => ({ to }));
  const found: SmsRecord[] = [];
  for (const filter of filters) {
    const some = await client.messages.list({ ...filter, dateSentAfter: since, pageSize: 1000 });
    found.push(...some.map(recordOf).filter(({ direction }) => direction === 'inbound'));
  }
  return found;
}

type Page = Pick<MessagePage, 'instances'> & { nextPage(): Promise<Page> | undefined };

/**
 * Read twice, by date and newest first: whether Twilio's filter by date shows what it has not sent yet is not documented,
 * and neither is the order of those. Only what is wanted is kept: a list may be long.
 */
async function listOutbound(
  client: ReturnType<typeof twilio>,
  since: Date,
  wanted: (to: string) => boolean,
): Promise<SmsRecord[]> {
  const found = new Map<string, SmsRecord>();
  for (const filter of [{ dateSentAfter: since }, {}]) {
    let page: Page | undefined = await client.messages.page({ ...filter, pageSize: 1000 });
    while (page !== undefined) {
      const { instances }: Page = page;
      for (const message of instances) {
        const { direction, to, dateCreated } = message;
        if (direction !== 'inbound' && dateOf(dateCreated) >= since && wanted(to))
          found.set(message.sid, recordOf(message));
      }
      const isOlder = instances.every(({ dateCreated }) => dateOf(dateCreated) < since);
      page = isOlder ? undefined : await page.nextPage();
    }
  }
  return [...found.values()].sort((a, b) => a.createdAt.getTime() - b.createdAt.getTime());
}

async function send(
  client: ReturnType<typeof twilio>,
  settings: TwilioSettings & { readonly addresses: PictureAddresses | undefined },
  request: SmsRequest,
): Promise<SendOutcome> {
  const { addresses } = settings;
  // They were queued while there was a public address, and there is none any more: invalid media, in Twilio's numbers.
  const { pictures = [] } = request;
  if (pictures.length > 0 && !addresses) return { kind: 'refused', code: 21620 };
  const mediaUrl = pictures.flatMap((picture) => addresses?.of(picture, request.validityPeriod * 1000) ?? []);
  try {
    const message = await client.messages.create({
      to: request.to,
      ...(request.text === '' && mediaUrl.length > 0 ? {} : { body: request.text }),
      ...(mediaUrl.length === 0 ? {} : { mediaUrl }),
      validityPeriod: request.validityPeriod,
      ...(settings.messagingServiceSid === undefined
        ? { from: settings.from ?? '' }
        : { messagingServiceSid: settings.messagingServiceSid }),
      ...(settings.statusUrl === undefined
        ? {}
        : { statusCallback: `${settings.statusUrl}?attempt=${encodeURIComponent(request.attemptId)}` }),
    });
    // An answer without a SID is not Twilio's: somebody in between made it, and Twilio may have the message or not.
    if (!message.sid) return { kind: 'unknown' };
    return {
      kind: 'accepted',
      sid: message.sid,
      status: message.status,
      errorCode: message.errorCode,
    };
  } catch (error) {
    return outcomeOf(error);
  }
}

/** What an error of the client says about the message. @see docs/decisions/003-unknown-outcomes.md */
export function outcomeOf(error: unknown): SendOutcome {
  if (error instanceof ConnectionError) {
    return error.mayHaveArrived ? { kind: 'unknown' } : { kind: 'not_sent', retryAfterMs: 5_000, code: null };
  }
  const status = statusOf(error);
  const code = (error as { code?: unknown }).code;
  if (status === 429) return { kind: 'not_sent', retryAfterMs: 1_000, code: 20429 };
  if (status === 401 || status === 403) return { kind: 'refused', code: typeof code === 'number' ? code : 20003 };
  if (status !== null && status >= 400 && status < 500) {
    return { kind: 'refused', code: typeof code === 'number' ? code : 0 };
  }
  return { kind: 'unknown' };
}

const statusOf = (error: unknown): number | null => {
  const status = (error as { status?: unknown }).status;
  return typeof status === 'number' ? status : null;
};

const recordOf = (message: MessageInstance): SmsRecord => ({
  sid: message.sid,
  direction: message.direction === 'inbound' ? 'inbound' : 'outbound',
  from: message.from,
  to: message.to,
  text: message.body,
  status: message.status,
  errorCode: message.errorCode,
  createdAt: dateOf(message.dateCreated),
  mediaCount: Number(message.numMedia),
});
