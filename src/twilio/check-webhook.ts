import type { Twilio } from 'twilio';
import { type Finding, fail, ok, warn } from '../domain/checkup';

export type Client = Twilio;
type PhoneNumber = Awaited<ReturnType<Client['incomingPhoneNumbers']['list']>>[number];

export interface InboundSettings {
  /** Where patients' texts are to come; undefined when Twilio is polled. */
  readonly inboundUrl: string | undefined;
  /** Set what is wrong at Twilio. */
  readonly mend: boolean;
}

/** The HTTP status of a refusal by Twilio. */
export const statusOf = (error: unknown): unknown => (error as { status?: unknown }).status;

/** Where a number brings patients' texts. */
export async function checkWebhook(
  client: Client,
  number: PhoneNumber,
  { inboundUrl, mend }: InboundSettings,
): Promise<Finding> {
  if (inboundUrl === undefined) {
    return number.smsUrl === ''
      ? ok('Replies are polled, and Twilio calls nobody')
      : warn(
          'Replies are polled, and the number still calls an address',
          'Clear “A message comes in” at Twilio if nobody needs it.',
        );
  }
  if (number.smsUrl === inboundUrl && number.smsMethod.toUpperCase() === 'POST')
    return ok('Twilio brings patients’ texts to this app');
  if (!mend) {
    const what = number.smsUrl === '' ? 'nowhere' : 'to another address';
    return fail(`Twilio brings patients’ texts ${what}`, `npm run doctor -- --mend sets it to ${inboundUrl}`);
  }
  // Not number.update(): what a list brought cannot be updated in twilio 6.2.
  await client.incomingPhoneNumbers(number.sid).update({ smsUrl: inboundUrl, smsMethod: 'POST' });
  return ok('Mended: Twilio brings patients’ texts to this app now');
}
