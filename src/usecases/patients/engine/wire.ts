import { AppError } from '../../../domain/errors';
import type { ApplyJob, PreviewJob, UndoJob } from './engine';

/** What is said between the app and an import's thread. */
export type Job =
  | { readonly do: 'preview'; readonly job: PreviewJob }
  | { readonly do: 'apply'; readonly job: ApplyJob }
  | { readonly do: 'undo'; readonly job: UndoJob }
  | { readonly do: 'drop'; readonly importId: number };

/** `bytes`: the next piece of the file is wanted. `bytes` is answered; the rest is only told. */
export type FromThread =
  | { readonly say: 'bytes' }
  | { readonly say: 'progress'; readonly rows: number }
  | { readonly say: 'done'; readonly result: unknown }
  | { readonly say: 'failed'; readonly error: WiredError };

/** Null: there is no more. `stop`: nobody wants the rest. */
export type ToThread = { readonly bytes: Uint8Array | null } | { readonly stop: true };

/** Errors lose their class on the way between threads. */
export interface WiredError {
  readonly code: string | null;
  readonly message: string;
  readonly userMessage: string;
  readonly stack: string | undefined;
}

export function wired(error: unknown): WiredError {
  const { message, stack } = error instanceof Error ? error : new Error(String(error));
  if (error instanceof AppError) return { code: error.code, message, userMessage: error.userMessage, stack };
  return { code: null, message, userMessage: '', stack };
}

export function unwired({ code, message, userMessage, stack }: WiredError): Error {
  const error = code === null ? new Error(message) : new AppError(code, { message, userMessage });
  if (stack !== undefined) error.stack = stack;
  return error;
}
