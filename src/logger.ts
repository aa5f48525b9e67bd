import pino from 'pino';
import type { Log } from './log';

/**
 * Keys under which personal data or secrets could come; whatever stands there is never written. The first defence is
 * that we log ids only; this is the second.
 */
const NEVER = [
  'name',
  'firstName',
  'lastName',
  'phone',
  'from',
  'to',
  'text',
  'body',
  'Body',
  'From',
  'To',
  'token',
  'authToken',
  'authorization',
  'blocks',
  'cells',
  'patient',
  'headers',
  'config',
  'request',
  'response',
];

export const createLogger = (level: string): Log =>
  pino({
    level,
    base: null,
    redact: { paths: NEVER.flatMap((key) => [key, `*.${key}`, `*.*.${key}`]), censor: '[hidden]' },
    serializers: { err: safeError },
  });

/** An error's text may quote what a patient wrote (a database driver does so): only its kind and place are kept. */
function safeError(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { kind: typeof error };
  const { code, errno, data } = error as { code?: unknown; errno?: unknown; data?: { error?: unknown } };
  const ours = 'userMessage' in error;
  const stack = (error.stack ?? '').split('\n').filter((line) => line.trimStart().startsWith('at '));
  return {
    kind: error.name,
    ...(typeof code === 'string' || typeof code === 'number' ? { code } : {}),
    ...(typeof errno === 'number' ? { errno } : {}),
    // Slack's name of what went wrong: one of its fixed words.
    ...(typeof data?.error === 'string' && /^[a-z_]+$/.test(data.error) ? { slack: data.error } : {}),
    ...(ours ? { message: error.message } : {}),
    at: stack.slice(0, 6).map((line) => line.trim()),
  };
}
