/** The parameters of a new message that stand for themselves. */
import type { ParsedUrlQuery } from 'node:querystring';
import { LONGEST_VALIDITY } from '../core/record';
import { many, one } from './call';
import { badRequest } from './errors';

const LONGEST_BODY = 1600;
const MOST_MEDIA = 10;
const INVALID_PARAMETER = 20001;
const SOONEST_MS = 300_000;
const LATEST_MS = 35 * 24 * 3_600_000;

const isWebAddress = (text: string): boolean => /^https?:\/\//i.test(text) && URL.canParse(text);

export const readContent = (form: ParsedUrlQuery): { body: string; mediaUrls: string[] } => {
  const body = one(form, 'Body') ?? '';
  const mediaUrls = many(form, 'MediaUrl');
  if (body.trim() === '' && mediaUrls.length === 0) throw badRequest(21602, 'Message body is required.');
  if (body.length > LONGEST_BODY) {
    throw badRequest(21617, 'The concatenated message body exceeds the 1600 character limit.');
  }
  if (mediaUrls.length > MOST_MEDIA) throw badRequest(21623, 'Number of media files exceeds allowed limit.');
  if (!mediaUrls.every(isWebAddress)) throw badRequest(21620, 'Invalid media URL(s).');
  return { body, mediaUrls };
};

export const readValidity = (form: ParsedUrlQuery): number => {
  const text = one(form, 'ValidityPeriod');
  if (text === undefined || text === '') return LONGEST_VALIDITY;
  const seconds = Number(text);
  if (Number.isInteger(seconds) && seconds >= 1 && seconds <= LONGEST_VALIDITY) return seconds;
  throw badRequest(INVALID_PARAMETER, `ValidityPeriod ${text} must be a whole number from 1 to ${LONGEST_VALIDITY}.`);
};

export const readStatusCallback = (form: ParsedUrlQuery): string | null => {
  const text = one(form, 'StatusCallback');
  if (text === undefined || text === '') return null;
  if (!isWebAddress(text)) throw badRequest(21609, `The 'StatusCallback' URL ${text} is not a valid URL.`);
  return text;
};

/** Without a Messaging Service Twilio drops the schedule and sends at once; with one it is strict. */
export const readSchedule = (form: ParsedUrlQuery, hasService: boolean, now: number): number | null => {
  const text = one(form, 'SendAt');
  if (one(form, 'ScheduleType') !== 'fixed' || !hasService) return null;
  const at = text === undefined ? Number.NaN : Date.parse(text);
  if (Number.isNaN(at)) throw badRequest(35111, 'SendAt parameter is required with ScheduleType, as an ISO 8601 time.');
  if (at < now + SOONEST_MS || at > now + LATEST_MS) {
    throw badRequest(35114, 'SendAt time must be between 300 seconds and 35 days in the future.');
  }
  return at;
};
