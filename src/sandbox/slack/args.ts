/** Arguments of a call, however they came: form, JSON, multipart, query; and how methods read them. */
import type { IncomingMessage } from 'node:http';
import { readBody } from '../http';
import { SlackError } from './errors';
import type { Json } from './model';

/** Arguments that a form carries as JSON. */
const JSON_ARGUMENTS = new Set(['blocks', 'attachments', 'metadata', 'view', 'files']);

/** What Slack says when such an argument is not JSON. */
const MALFORMED: Record<string, string> = {
  blocks: 'invalid_blocks_format',
  attachments: 'invalid_attachments',
  metadata: 'invalid_metadata_format',
};

const fromForm = (form: URLSearchParams): Json => {
  const args: Json = {};
  for (const [name, value] of form) args[name] = value;
  return args;
};

export const fromMultipart = async (body: Buffer, contentType: string): Promise<Json> => {
  // Deprecated for servers that strangers reach: this one is reached from this machine only.
  // eslint-disable-next-line @typescript-eslint/no-deprecated
  const form = await new Response(new Uint8Array(body), { headers: { 'content-type': contentType } }).formData();
  const args: Json = {};
  for (const [name, value] of form) {
    args[name] = typeof value === 'string' ? value : Buffer.from(await value.arrayBuffer());
  }
  return args;
};

const fromJson = (text: string): Json => {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Json;
  } catch {
    throw new SlackError('invalid_json');
  }
  throw new SlackError('json_not_object');
};

export const readArgs = async (req: IncomingMessage, url: URL): Promise<Json> => {
  const query = fromForm(url.searchParams);
  const body = await readBody(req);
  const contentType = req.headers['content-type'] ?? '';
  if (body.length === 0) return query;
  if (contentType.startsWith('application/json')) return { ...query, ...fromJson(body.toString('utf8')) };
  if (contentType.startsWith('multipart/form-data')) return { ...query, ...(await fromMultipart(body, contentType)) };
  if (contentType.startsWith('application/x-www-form-urlencoded')) {
    return { ...query, ...fromForm(new URLSearchParams(body.toString('utf8'))) };
  }
  throw new SlackError('invalid_post_type');
};

/** Reads what a form carries as JSON; throws as the method would. */
export const parseJsonArgs = (args: Json): Json => {
  const parsed: Json = { ...args };
  for (const [name, value] of Object.entries(args)) {
    if (!JSON_ARGUMENTS.has(name) || typeof value !== 'string') continue;
    try {
      parsed[name] = JSON.parse(value);
    } catch {
      throw new SlackError(MALFORMED[name] ?? 'invalid_arguments', [`[ERROR] ${name} is not valid JSON`]);
    }
  }
  return parsed;
};

export const optionalText = (args: Json, name: string): string | undefined => {
  const value = args[name];
  return value === undefined || value === null || value === '' ? undefined : String(value);
};

export const requiredText = (args: Json, name: string): string => {
  const value = optionalText(args, name);
  if (value === undefined) throw new SlackError('invalid_arguments', [`[ERROR] missing required field: ${name}`]);
  return value;
};

export const flag = (args: Json, name: string): boolean => ['true', '1'].includes(String(args[name]));

export const optionalList = (args: Json, name: string): Json[] | undefined => {
  const value = args[name];
  if (value === undefined || value === null) return undefined;
  if (!Array.isArray(value)) throw new SlackError(MALFORMED[name] ?? 'invalid_arguments');
  return value as Json[];
};

export const optionalObject = (args: Json, name: string): Json | undefined => {
  const value = args[name];
  if (value === undefined || value === null) return undefined;
  if (typeof value !== 'object' || Array.isArray(value)) throw new SlackError(MALFORMED[name] ?? 'invalid_arguments');
  return value as Json;
};

export interface Page<T> {
  readonly items: readonly T[];
  readonly nextCursor: string;
}

/** Slack's cursors are opaque; ours hold the number of things already given. */
export const paginate = <T>(all: readonly T[], args: Json, defaultLimit: number): Page<T> => {
  const cursor = optionalText(args, 'cursor');
  const start = cursor === undefined ? 0 : Number(Buffer.from(cursor, 'base64').toString('utf8').replace('next:', ''));
  if (!Number.isInteger(start)) throw new SlackError('invalid_cursor');
  const limit = Number(optionalText(args, 'limit') ?? defaultLimit);
  if (!Number.isInteger(limit) || limit < 1) throw new SlackError('invalid_limit');
  const end = start + Math.min(limit, 1000);
  const nextCursor = end < all.length ? Buffer.from(`next:${end}`).toString('base64') : '';
  return { items: all.slice(start, end), nextCursor };
};
