/** GET, POST and DELETE Messages/{sid}.json */
import { isFinal } from '../core/record';
import type { MessageRecord, Status } from '../core/record';
import { one } from './call';
import type { Answer, Call } from './call';
import { badRequest, notFound, TwilioError } from './errors';
import { messageResource } from './resource';

const INVALID_PARAMETER = 20001;

export const findMessage = (call: Call): MessageRecord => {
  const record = call.world.messages.find(call.sids[0] ?? '');
  if (record === undefined) throw notFound(call.path);
  return record;
};

const answer = (call: Call, record: MessageRecord): Answer => ({
  status: 200,
  body: messageResource(call.world.options.credentials.accountSid, record),
});

const unfinished = (verb: string): TwilioError =>
  new TwilioError(409, 20009, `Cannot ${verb} this resource before it is complete`);

const cancel = (call: Call, record: MessageRecord): void => {
  const allowed: readonly Status[] = call.world.settings.cancelOnlyScheduled
    ? ['scheduled']
    : ['scheduled', 'accepted', 'queued'];
  if (!allowed.includes(record.status)) throw new TwilioError(409, 30409, 'This message cannot be canceled');
  call.world.carrier.change(record, 'canceled');
};

const redact = (call: Call, record: MessageRecord, body: string): void => {
  if (body !== '') throw badRequest(INVALID_PARAMETER, 'Body can only be updated to an empty string.');
  if (!isFinal(record.status)) throw unfinished('modify');
  record.body = '';
  record.updatedAt = call.world.options.clock.now().getTime();
};

export const fetchMessage = (call: Call): Answer => answer(call, findMessage(call));

export const updateMessage = (call: Call): Answer => {
  const record = findMessage(call);
  const status = one(call.form, 'Status');
  const body = one(call.form, 'Body');
  if (status !== undefined && status !== 'canceled')
    throw badRequest(INVALID_PARAMETER, 'Status can only be canceled.');
  if (status === 'canceled') cancel(call, record);
  if (body !== undefined) redact(call, record, body);
  return answer(call, record);
};

export const deleteMessage = (call: Call): Answer => {
  const record = findMessage(call);
  if (!isFinal(record.status)) throw unfinished('delete');
  call.world.messages.remove(record);
  return { status: 204 };
};
