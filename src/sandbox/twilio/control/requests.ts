/** What those who drive the sandbox may ask, read strictly. */
import { HttpError } from '../../http';
import type { PhoneKind } from '../../contract';
import { readNumber } from '../core/numbers';
import type { InboundText } from '../inbound/receive';

type Body = Readonly<Record<string, unknown>>;

const KINDS: ReadonlySet<string> = new Set<PhoneKind>(['mobile', 'landline', 'unreachable', 'invalid', 'blocked']);

export const readPhoneNumber = (body: Body, name: string): string => {
  const value = body[name];
  const number = typeof value === 'string' ? readNumber(value) : undefined;
  if (number === undefined) throw new HttpError(400, `${name} must be a phone number, as +15125550123.`);
  return number;
};

export const readKind = (body: Body): PhoneKind | undefined => {
  const { kind } = body;
  if (kind === undefined) return undefined;
  if (typeof kind !== 'string' || !KINDS.has(kind))
    throw new HttpError(400, `kind must be one of ${[...KINDS].join(', ')}.`);
  return kind as PhoneKind;
};

const readMedia = (value: unknown): InboundText['media'][number] => {
  const { contentType, base64 } = (value ?? {}) as { contentType?: unknown; base64?: unknown };
  if (typeof contentType !== 'string' || typeof base64 !== 'string') {
    throw new HttpError(400, 'Each of media needs contentType and base64.');
  }
  return { contentType, content: Buffer.from(base64, 'base64') };
};

export const readText = (request: Body): InboundText => {
  const { body, media } = request;
  if (typeof body !== 'string') throw new HttpError(400, 'body must be a text.');
  if (media !== undefined && !Array.isArray(media)) throw new HttpError(400, 'media must be a list.');
  const items: readonly unknown[] = media ?? [];
  const to = request['to'] === undefined ? {} : { to: readPhoneNumber(request, 'to') };
  return { from: readPhoneNumber(request, 'from'), body, media: items.map(readMedia), ...to };
};

export const readLimit = (query: URLSearchParams): number => {
  const text = query.get('limit');
  const limit = text === null ? Infinity : Number(text);
  if (!(limit >= 0)) throw new HttpError(400, 'limit must be a number.');
  return limit;
};
