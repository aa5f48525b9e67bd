/** What can be set about the local Twilio while it runs. The contract's settings, and a few that tests of the sandbox need. */
import { HttpError } from '../../http';
import type { TwilioSettings } from '../../contract';

export interface Settings extends TwilioSettings {
  /** Twilio's own STOP, START and HELP. Off: the app is alone with them. */
  readonly optOutHandling: boolean;
  /** Segments that may wait for one sender; 0 means ten hours at `rate`, which is Twilio's limit. */
  readonly queueLimit: number;
  /** Status callbacks of `sending`. Benchmarks turn them off: Twilio itself often skips that status. */
  readonly sendingCallbacks: boolean;
  /** Only scheduled messages can be canceled, as Twilio's page on error 30409 says; its API reference allows queued ones. */
  readonly cancelOnlyScheduled: boolean;
  /** Number prefixes that the account may text (Twilio's geo permissions), separated by commas. */
  readonly regions: string;
}

export const DEFAULTS: Settings = {
  rate: 100,
  deliveryMs: 300,
  callbackCopies: 1,
  callbacksShuffled: false,
  callbacksOff: false,
  latencyMs: 0,
  optOutHandling: true,
  queueLimit: 0,
  sendingCallbacks: true,
  cancelOnlyScheduled: false,
  regions: '+1',
};

const KNOWN: ReadonlyMap<string, unknown> = new Map(Object.entries(DEFAULTS));

/** Refuses names and types that are not settings: a misspelt setting in a test would prove nothing. */
export const mergeSettings = (current: Settings, changes: Record<string, unknown>): Settings => {
  for (const [name, value] of Object.entries(changes)) {
    const known = KNOWN.get(name);
    if (known === undefined) throw new HttpError(400, `There is no setting '${name}'.`);
    if (typeof value !== typeof known) throw new HttpError(400, `The setting '${name}' must be a ${typeof known}.`);
    if (typeof value === 'number' && !(value >= 0))
      throw new HttpError(400, `The setting '${name}' must not be negative.`);
  }
  return { ...current, ...(changes as Partial<Settings>) };
};
