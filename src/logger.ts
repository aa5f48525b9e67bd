import pino from 'pino';
import type { Log } from './log';

/**
 * Fields whose words are ours: names of jobs and steps, ids, hashes. Words under any other key are never written, and these
 * only as long as they look like it. The first defence is that we log ids only; this is the second.
 */
const OURS: ReadonlySet<string> = new Set([
  ...['job', 'work', 'step', 'part', 'path', 'kind', 'code', 'error', 'service', 'state', 'event', 'command'],
  ...['reference', 'holder', 'usergroup', 'migrated', 'auditHash', 'action', 'channel', 'user', 'sid', 'attemptId'],
]);

/** What names of ours and ids consist of. */
const LOOKS_OURS = /^[\w.:/ ,*()-]{0,200}$/;

const HIDDEN = '[hidden]';
/** Deeper than this nothing of ours is nested. */
const DEEPEST = 4;

export const createLogger = (level: string, destination?: pino.DestinationStream): Log => {
  const options: pino.LoggerOptions = { level, base: null, formatters: { log: (fields) => safeFields(fields) } };
  return destination ? pino(options, destination) : pino(options);
};

/** Words under a key that is not ours go with their key: it could be a name as well. */
const isOurs = (key: string, value: unknown): boolean =>
  /^[a-z][A-Za-z]{0,40}$/.test(key) && (typeof value !== 'string' || OURS.has(key));

const safeFields = (fields: object, depth = 0): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(fields).flatMap(([key, value]) => (isOurs(key, value) ? [[key, safeValue(value, key, depth)]] : [])),
  );

const safeValue = (value: unknown, key: string, depth: number): unknown => {
  if (value instanceof Error) return safeError(value);
  if (key === 'err') return { kind: typeof value };
  if (value === null || ['number', 'boolean', 'undefined'].includes(typeof value)) return value;
  if (value instanceof Date) return value;
  if (typeof value === 'string') return OURS.has(key) && LOOKS_OURS.test(value) ? value : HIDDEN;
  if (typeof value !== 'object' || depth >= DEEPEST) return HIDDEN;
  return Array.isArray(value)
    ? value.slice(0, 50).map((one) => safeValue(one, key, depth + 1))
    : safeFields(value, depth + 1);
};

const MOST_CAUSES = 3;

/** An error's text may quote what a patient wrote (a database driver does so): only its kind and place are kept. */
function safeError(error: Error, depth = 0): Record<string, unknown> {
  const { code, errno, data, cause } = error as {
    code?: unknown;
    errno?: unknown;
    data?: { error?: unknown };
    cause?: unknown;
  };
  const ours = 'userMessage' in error;
  return {
    kind: shown(error.name, CLASS),
    ...(typeof code === 'string' || typeof code === 'number' ? { code: shown(String(code), CODE) } : {}),
    ...(typeof errno === 'number' ? { errno } : {}),
    // Slack's name of what went wrong: one of its fixed words.
    ...(typeof data?.error === 'string' && /^[a-z_]{1,60}$/.test(data.error) ? { slack: data.error } : {}),
    ...(ours ? { message: error.message } : {}),
    at: placesOf(error),
    ...(cause instanceof Error && depth < MOST_CAUSES ? { cause: safeError(cause, depth + 1) } : {}),
  };
}

const shown = (text: string, pattern: RegExp): string => (pattern.test(text) ? text : HIDDEN);
/** `TypeError`, `PrismaClientKnownRequestError`, `RestException`: a class, and nobody's name. */
const CLASS = /^[A-Za-z]{0,60}(?:Error|Exception)$/;
/** `ECONNREFUSED`, `P2002`, `slack_webapi_request_error`, `21211`. */
const CODE = /^(?:[A-Z][A-Z0-9_]{1,60}|slack_[a-z_]{1,60}|-?\d{1,6})$/;

const FRAME = /^\s+at (?:.*\()?(?:file:\/\/)?([\w./@+-]+|node:[\w/]+):(\d+):(\d+)\)?$/;

/** The files and lines only. Name and message stand before them and may look like them: they are cut off first. */
function placesOf({ stack = '', name, message }: Error): string[] {
  const head = [`${name}: ${message}`, message, name].find((one) => one !== '' && stack.startsWith(one)) ?? '';
  // A head that is another one by now (renamed, reworded) could still stand in front with all its lines.
  if (head === '' && `${name}${message}`.includes('\n')) return [];
  const frames = stack.slice(head.length).split('\n').slice(1);
  return frames
    .flatMap((line) => {
      const [, file = '', row, column] = FRAME.exec(line) ?? [];
      return file === '' ? [] : [`${file.split('/').slice(-4).join('/')}:${row}:${column}`];
    })
    .slice(0, 6);
}
