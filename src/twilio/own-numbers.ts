import { performance } from 'node:perf_hooks';
import type { Twilio } from 'twilio';
import { ConnectionError } from './undici-request-client';

/** A Messaging Service's numbers are asked for this often, in ms. */
const KNOWN_FOR_MS = 10 * 60_000;

/**
 * The numbers that patients write to: ours, and those of our Messaging Service. An account may have others, whose texts are
 * none of our business.
 */
export class OwnNumbers {
  private known: { readonly numbers: readonly string[]; readonly at: number } | undefined;

  constructor(
    private readonly client: Twilio,
    private readonly sender: { readonly from: string | undefined; readonly messagingServiceSid: string | undefined },
  ) {}

  /** Empty when Twilio does not tell them: then nothing distinguishes them. Throws when Twilio does not answer. */
  async list(): Promise<readonly string[]> {
    const { from, messagingServiceSid: service } = this.sender;
    const own = from === undefined ? [] : [from];
    if (service === undefined) return own;
    if (this.known && performance.now() - this.known.at < KNOWN_FOR_MS) return this.known.numbers;
    const numbers = [...new Set([...own, ...(await this.ofService(service))])];
    this.known = { numbers, at: performance.now() };
    return numbers;
  }

  private async ofService(service: string): Promise<string[]> {
    try {
      const found = await this.client.messaging.v1.services(service).phoneNumbers.list({ pageSize: 400 });
      return found.map(({ phoneNumber }) => phoneNumber);
    } catch (error) {
      // Whoever has no answer may have one soon; whoever answers otherwise will not tell the numbers.
      if (error instanceof ConnectionError || isPassing((error as { status?: unknown }).status)) throw error;
      return [];
    }
  }
}

const isPassing = (status: unknown): boolean => typeof status === 'number' && (status === 429 || status >= 500);
