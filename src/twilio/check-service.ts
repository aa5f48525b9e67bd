import { type Finding, fail, ok, warn } from '../domain/checkup';
import { checkWebhook, type Client, type InboundSettings, statusOf } from './check-webhook';

type Service = Awaited<ReturnType<ReturnType<Client['messaging']['v1']['services']>['fetch']>>;

/** A Messaging Service: its numbers, where it brings patients' texts, and its registration. */
export async function checkService(client: Client, sid: string, settings: InboundSettings): Promise<Finding[]> {
  const context = client.messaging.v1.services(sid);
  try {
    const service = await context.fetch();
    return [
      ok('Twilio knows the Messaging Service'),
      ...(await checkNumbers(client, service, settings)),
      ...(await checkInbound(client, service, settings)),
      await checkCampaign(client, sid),
    ];
  } catch (error) {
    if (statusOf(error) === 404)
      return [
        fail(
          'Twilio knows no such Messaging Service',
          'Messaging, Services: its SID goes into TWILIO_MESSAGING_SERVICE_SID.',
        ),
      ];
    return [warn('The Messaging Service could not be looked at', 'Try again; look at https://status.twilio.com.')];
  }
}

/** Where the service leaves incoming texts to its numbers, each of them has to bring them here. */
async function checkNumbers(client: Client, service: Service, settings: InboundSettings): Promise<Finding[]> {
  const numbers = await client.messaging.v1.services(service.sid).phoneNumbers.list({ limit: 400 });
  if (numbers.length === 0)
    return [
      warn(
        'The Messaging Service has no phone number',
        'Its Sender Pool: add the number that patients know. (Short codes are not looked at: then ignore this.)',
      ),
    ];
  const senders = ok(`The Messaging Service has ${numbers.length === 1 ? 'a number' : `${numbers.length} numbers`}`);
  if (!service.useInboundWebhookOnNumber) return [senders];
  const findings: Finding[] = [senders];
  for (const { sid } of numbers) {
    const finding = await checkWebhook(client, await client.incomingPhoneNumbers(sid).fetch(), settings);
    if (!findings.some(({ what }) => what === finding.what)) findings.push(finding);
  }
  return findings;
}

async function checkInbound(
  client: Client,
  service: Service,
  { inboundUrl, mend }: InboundSettings,
): Promise<Finding[]> {
  if (service.useInboundWebhookOnNumber) return [];
  const address = (service.inboundRequestUrl as string | null) ?? '';
  if (inboundUrl === undefined)
    return address === ''
      ? [ok('Replies are polled, and the Messaging Service calls nobody')]
      : [
          warn(
            'Replies are polled, and the Messaging Service still calls an address',
            'Its Integration page: Drop the message, if nobody needs it.',
          ),
        ];
  if (address === inboundUrl && service.inboundMethod.toUpperCase() === 'POST')
    return [ok('The Messaging Service brings patients’ texts to this app')];
  if (!mend)
    return [
      fail(
        `The Messaging Service brings patients’ texts ${address === '' ? 'nowhere' : 'to another address'}`,
        `npm run doctor -- --mend sets it to ${inboundUrl}`,
      ),
    ];
  const right = { inboundRequestUrl: inboundUrl, inboundMethod: 'POST' };
  await client.messaging.v1.services(service.sid).update(right);
  return [ok('Mended: the Messaging Service brings patients’ texts to this app now')];
}

async function checkCampaign(client: Client, sid: string): Promise<Finding> {
  const [campaign] = await client.messaging.v1.services(sid).usAppToPerson.list({ limit: 1 });
  if (campaign?.campaignStatus === 'VERIFIED') return ok('10DLC: the campaign is verified');
  const is = campaign ? `the campaign is ${campaign.campaignStatus.toLowerCase()}` : 'no campaign is registered';
  return warn(`10DLC: ${is}`, 'US long codes need it: console, Messaging, Regulatory Compliance.');
}
