import type { PhoneText, SandboxPhone, TextAnswer } from '../contract';
import { getJson, postJson, until } from './http';

/** A patient's phone. */
export class Phone {
  constructor(
    private readonly address: string,
    readonly number: string,
  ) {}

  texts(body: string, media: readonly { contentType: string; content: Buffer }[] = []): Promise<TextAnswer> {
    const attached = media.map(({ contentType, content }) => ({ contentType, base64: content.toString('base64') }));
    return postJson(`${this.address}/twilio/control/text`, { from: this.number, body, media: attached });
  }

  /** What the patient has received, oldest first. */
  async received(): Promise<string[]> {
    return (await this.conversation()).filter(({ direction }) => direction === 'in').map(({ body }) => body);
  }

  async conversation(): Promise<readonly PhoneText[]> {
    const phones = await getJson<SandboxPhone[]>(`${this.address}/twilio/control/phones`);
    return phones.find(({ number }) => number === this.number)?.texts ?? [];
  }

  /** Waits for a text that holds these words. */
  receives(words: string | RegExp, timeoutMs?: number): Promise<string> {
    const fits = (body: string): boolean => (typeof words === 'string' ? body.includes(words) : words.test(body));
    return until(
      `a text with ${String(words)} on ${this.number}`,
      async () => (await this.received()).findLast(fits),
      timeoutMs,
    );
  }
}
