/** POST Messages.json */
import { MAGIC_FROM, MAGIC_TO, readNumber } from '../core/numbers';
import { attachUrls } from '../core/media';
import type { Draft } from '../core/record';
import { countSegments } from '../core/segments';
import type { World } from '../world';
import { one } from './call';
import type { Answer, Call } from './call';
import { badRequest, refuseFrom, refuseTo } from './errors';
import { readContent, readSchedule, readStatusCallback, readValidity } from './create-parameters';
import { messageResource } from './resource';

interface Sender {
  readonly from: string;
  readonly messagingServiceSid: string | null;
}

const readSender = (call: Call): Sender => {
  const { from: own, messagingServiceSid: service } = call.world.options.credentials;
  const from = one(call.form, 'From') ?? '';
  const askedService = one(call.form, 'MessagingServiceSid') ?? '';
  if (from === '' && askedService === '') throw badRequest(21603, "A 'From' phone number is required.");
  if (askedService !== '' && askedService !== service) {
    throw badRequest(21705, `The Messaging Service Sid ${askedService} is invalid.`);
  }
  if (from !== '' && from !== own) {
    const magic = MAGIC_FROM[from];
    throw refuseFrom(magic ?? (readNumber(from) === undefined ? 21212 : 21606), from);
  }
  return { from: own, messagingServiceSid: askedService === '' ? null : askedService };
};

const isAllowedRegion = (world: World, to: string): boolean =>
  world.settings.regions.split(',').some((prefix) => to.startsWith(prefix.trim()));

const readRecipient = (call: Call, from: string): string => {
  const { world } = call;
  const text = one(call.form, 'To') ?? '';
  if (text.trim() === '') throw badRequest(21604, "A 'To' phone number is required.");
  const to = readNumber(text);
  if (to === undefined) throw refuseTo(21211, text, from);
  if (to === from) throw badRequest(21266, `'To' and 'From' number cannot be the same: ${to}`);
  const magic = MAGIC_TO[to];
  if (magic !== undefined) throw refuseTo(magic, to, from);
  if (!isAllowedRegion(world, to)) throw refuseTo(21408, to, from);
  if (world.phones.find(to)?.kind === 'invalid') throw refuseTo(21211, to, from);
  return to;
};

/** A Messaging Service takes everything and fails later (30001); a bare number refuses at once. */
const checkRoom = (world: World, sender: Sender, segments: number): void => {
  if (sender.messagingServiceSid !== null) return;
  if (world.carrier.isFull(sender.from, segments)) throw refuseFrom(21611, sender.from);
};

export const createMessage = (call: Call): Answer => {
  const { world, form } = call;
  const now = world.options.clock.now().getTime();
  const sender = readSender(call);
  const to = readRecipient(call, sender.from);
  const { body, mediaUrls } = readContent(form);
  const validityPeriod = readValidity(form);
  const statusCallback = readStatusCallback(form);
  const sendAt = readSchedule(form, sender.messagingServiceSid !== null, now);
  if (world.phones.isOptedOut(to, sender.from)) throw refuseTo(21610, to, sender.from);
  const smart = (one(form, 'SmartEncoded') ?? String(sender.messagingServiceSid !== null)) === 'true';
  const numSegments = countSegments(body, smart);
  checkRoom(world, sender, numSegments);
  const accepted = sender.messagingServiceSid === null ? 'queued' : 'accepted';
  // Written out, not spread together: that alone halves the time of a create.
  const draft: Draft = {
    direction: 'outbound-api',
    from: sender.from,
    messagingServiceSid: sender.messagingServiceSid,
    to,
    body,
    status: sendAt === null ? accepted : 'scheduled',
    numSegments,
    statusCallback,
    validityPeriod,
    sendAt,
    hasMedia: mediaUrls.length > 0,
  };
  const record = world.messages.add(draft, now);
  attachUrls(world, record, mediaUrls);
  world.phones.name(to);
  const body201 = messageResource(world.options.credentials.accountSid, record);
  const then = (): void => (sendAt === null ? world.carrier.submit(record) : world.schedule.add(record));
  return { status: 201, body: body201, then };
};
