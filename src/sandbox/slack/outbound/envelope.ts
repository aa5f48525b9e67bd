/** What goes to the app, and what comes back, whichever way it goes. */

export type EnvelopeKind = 'events_api' | 'slash_commands' | 'interactive';

export interface Retry {
  readonly number: number;
  readonly reason: string;
}

export type AppAnswer =
  | { readonly kind: 'answered'; readonly status: number; readonly body: string; readonly noRetry: boolean }
  | { readonly kind: 'timeout' }
  | { readonly kind: 'unreachable' };
