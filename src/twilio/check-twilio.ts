import twilio from 'twilio';
import { type Finding, fail, ok, warn } from '../domain/checkup';
import type { TwilioSettings } from './sms-gateway';
import { checkService } from './check-service';
import { checkWebhook, type Client, type InboundSettings, statusOf } from './check-webhook';
import { UndiciRequestClient } from './undici-request-client';

export type TwilioCheckSettings = TwilioSettings & InboundSettings;

const REAL = 'https://api.twilio.com';

/** The credentials, the number, where Twilio brings texts, and the registration, as far as the API tells. */
export async function checkTwilio(settings: TwilioCheckSettings): Promise<Finding[]> {
  const transport = new UndiciRequestClient({ apiUrl: settings.apiUrl, connections: 2, timeoutMs: 10_000 });
  // The real Twilio has registration under another host: there the client's own transport is used.
  const httpClient = settings.apiUrl === REAL ? {} : { httpClient: transport };
  const client = twilio(settings.accountSid, settings.authToken, httpClient);
  try {
    const account = await client.api.v2010.accounts(settings.accountSid).fetch();
    return [accountFinding(account), ...(await checkSender(client, settings))];
  } catch (error) {
    return [refusalFinding(error)];
  } finally {
    await transport.close();
  }
}

const refusalFinding = (error: unknown): Finding =>
  statusOf(error) === 401 || statusOf(error) === 403
    ? fail(
        'Twilio refuses the credentials',
        'Console, first page: TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN belong together.',
      )
    : fail(
        'Twilio does not answer',
        'Look whether this machine reaches https://api.twilio.com, and at https://status.twilio.com.',
      );

function accountFinding({ status, type }: { readonly status: string; readonly type: string }): Finding {
  if (status !== 'active')
    return fail(`The Twilio account is ${status}`, 'Open console.twilio.com: it says what is owed or missing.');
  if (type === 'Trial')
    return warn('The Twilio account is a trial: it texts verified numbers only', 'Upgrade it in the console.');
  return ok('Twilio takes the credentials');
}

function checkSender(client: Client, settings: TwilioCheckSettings): Promise<Finding[]> {
  const { from, messagingServiceSid: service } = settings;
  if (service !== undefined) return checkService(client, service, settings);
  return checkNumber(client, from ?? '', settings);
}

async function checkNumber(client: Client, from: string, settings: TwilioCheckSettings): Promise<Finding[]> {
  const [number] = await client.incomingPhoneNumbers.list({ phoneNumber: from, limit: 1 });
  if (!number) {
    const mend =
      'TWILIO_FROM must be a number of this account, like +15551234567. (Short codes are not listed: then ignore this.)';
    return [
      /^\d{5,6}$/.test(from)
        ? warn('The short code is not among the account’s numbers', mend)
        : fail('TWILIO_FROM is not among the account’s numbers', mend),
    ];
  }
  const texts = number.capabilities.sms
    ? ok('The number can text')
    : fail('The number cannot text', 'Buy one with SMS, and put it into TWILIO_FROM.');
  const registration = warn(
    'Whether the number is registered is told by the API for Messaging Services only',
    'US long codes need 10DLC, toll-free numbers verification: console, Messaging, Regulatory Compliance. Without it: error 30034.',
  );
  return [texts, await checkWebhook(client, number, settings), registration];
}
