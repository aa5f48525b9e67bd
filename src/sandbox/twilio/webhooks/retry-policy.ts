/** Connection overrides: Twilio reads them from the fragment of a webhook's address and sends the address without it. */
export type Failure = 'ct' | 'rt' | '4xx' | '5xx';

export interface RetryPolicy {
  /** The address as it is called, and as it is signed. */
  readonly url: string;
  readonly retries: number;
  readonly on: ReadonlySet<string>;
  readonly readMs: number;
}

/** Twilio's total for one webhook, retries and all, is 15 s. */
const TOTAL_MS = 15_000;
const MOST_RETRIES = 5;
const CONNECTION_ONLY: ReadonlySet<string> = new Set(['ct']);

const within = (text: string | null, smallest: number, otherwise: number, largest = otherwise): number => {
  const value = text === null ? Number.NaN : Number(text);
  return Number.isInteger(value) ? Math.min(Math.max(value, smallest), largest) : otherwise;
};

export const readPolicy = (address: string): RetryPolicy => {
  const at = address.indexOf('#');
  if (at === -1) return { url: address, retries: 1, on: CONNECTION_ONLY, readMs: TOTAL_MS };
  const overrides = new URLSearchParams(address.slice(at + 1));
  const on = overrides.get('rp');
  return {
    url: address.slice(0, at),
    retries: within(overrides.get('rc'), 0, 1, MOST_RETRIES),
    on: on === null ? CONNECTION_ONLY : new Set(on.split(',')),
    readMs: Math.min(within(overrides.get('rt'), 100, TOTAL_MS), within(overrides.get('tt'), 100, TOTAL_MS)),
  };
};

export const retries = (policy: RetryPolicy, failure: Failure): boolean =>
  policy.on.has(failure) || policy.on.has('all');
