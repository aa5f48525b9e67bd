/** A patient's text arrives: kept first, then told to the app, then the app's TwiML is carried out. */
import { randomUUID } from 'node:crypto';
import type { TextAnswer } from '../../contract';
import { attachUrls } from '../core/media';
import type { MediaRecord, MessageRecord } from '../core/record';
import { newSid } from '../core/record';
import { countSegments } from '../core/segments';
import type { WebhookAnswer } from '../webhooks/client';
import type { Params } from '../webhooks/signature';
import type { World } from '../world';
import { applyKeyword } from './opt-out';
import { inboundParams } from './params';
import { readInstructions } from './twiml';
import type { Reply } from './twiml';

export interface InboundText {
  readonly from: string;
  /** Another number of the account, which is somebody else's business. */
  readonly to?: string;
  readonly body: string;
  readonly media: readonly { readonly contentType: string; readonly content: Buffer }[];
}

const HTTP_RETRIEVAL_FAILURE = 11200;

const keep = (world: World, text: InboundText): MessageRecord => {
  const now = world.options.clock.now().getTime();
  const record = world.messages.add(
    {
      direction: 'inbound',
      from: text.from,
      to: text.to ?? world.options.credentials.from,
      body: text.body,
      status: 'received',
      numSegments: countSegments(text.body, false),
      messagingServiceSid: world.options.credentials.messagingServiceSid ?? null,
      hasMedia: text.media.length > 0,
    },
    now,
  );
  record.sentAt = now;
  const media = text.media.map((item): MediaRecord => ({
    sid: newSid('ME'),
    messageSid: record.sid,
    createdAt: now,
    url: null,
    ...item,
  }));
  if (media.length > 0) world.messages.attach(record, media);
  world.phones.show(text.from, record, now);
  world.changes.changed();
  return record;
};

/** A Messaging Service brings texts to an address of its own, unless it leaves that to the number. */
const inboundUrl = ({ number, service }: World): string =>
  service.useInboundWebhookOnNumber ? number.smsUrl : service.inboundRequestUrl;

const callApp = async (world: World, params: Params): Promise<WebhookAnswer> => {
  const { smsFallbackUrl } = world.number;
  const smsUrl = inboundUrl(world);
  const headers = { 'i-twilio-idempotency-token': randomUUID() };
  const now = (): Date => world.options.clock.now();
  const answer = await world.webhooks.post({ url: smsUrl, params, headers });
  if (answer.problem === null) return answer;
  world.alerts.add(HTTP_RETRIEVAL_FAILURE, `${smsUrl}: ${answer.problem}`, now());
  if (smsFallbackUrl === '') return answer;
  const errorParams = { ...params, ErrorCode: String(HTTP_RETRIEVAL_FAILURE), ErrorUrl: smsUrl };
  return world.webhooks.post({ url: smsFallbackUrl, params: errorParams, headers });
};

const answerPhone = (world: World, to: string, reply: Omit<Reply, 'to'>): MessageRecord => {
  const record = world.messages.add(
    {
      direction: 'outbound-reply',
      from: world.options.credentials.from,
      to,
      body: reply.body,
      status: 'queued',
      numSegments: countSegments(reply.body, false),
      statusCallback: reply.statusCallback,
      hasMedia: reply.mediaUrls.length > 0,
    },
    world.options.clock.now().getTime(),
  );
  attachUrls(world, record, reply.mediaUrls);
  return record;
};

const carryOut = (world: World, record: MessageRecord, answer: WebhookAnswer): void => {
  if (answer.problem !== null) return;
  const { replies, problem } = readInstructions(answer.contentType, answer.body);
  if (problem !== null) world.alerts.add(problem.code, problem.text, world.options.clock.now());
  for (const reply of replies) {
    if (reply.body === '' && reply.mediaUrls.length === 0) continue;
    world.carrier.submit(answerPhone(world, reply.to ?? record.from, reply));
  }
};

export const receiveText = async (world: World, text: InboundText): Promise<TextAnswer> => {
  const to = world.options.credentials.from;
  const keyword = world.settings.optOutHandling ? applyKeyword(world.phones, { ...text, to }) : null;
  const record = keep(world, text);
  if (keyword !== null && keyword.confirmation !== null) {
    const own = { body: keyword.confirmation, mediaUrls: [], statusCallback: null };
    world.carrier.handOver(answerPhone(world, text.from, own));
  }
  if (inboundUrl(world) === '' || text.to !== undefined) return { sid: record.sid, webhookStatus: 0 };
  const answer = await callApp(world, inboundParams(world, record, keyword?.type ?? null));
  carryOut(world, record, answer);
  return { sid: record.sid, webhookStatus: answer.status };
};
