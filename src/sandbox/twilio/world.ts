/** Everything that the local Twilio remembers, wired together; routes get this and nothing else. */
import type { SandboxClock } from '../clock';
import { Alerts } from './core/alerts';
import { Carrier } from './core/carrier';
import { Changes } from './core/changes';
import { Faults } from './core/faults';
import { MessageStore } from './core/message-store';
import { Phones } from './core/phones';
import { newSid } from './core/record';
import { Schedule } from './core/schedule';
import { DEFAULTS } from './core/settings';
import type { Settings } from './core/settings';
import { WebhookClient } from './webhooks/client';
import { StatusCallbacks } from './webhooks/status-callbacks';

export interface TwilioOptions {
  readonly clock: SandboxClock;
  readonly credentials: {
    readonly accountSid: string;
    readonly authToken: string;
    readonly from: string;
    readonly messagingServiceSid?: string;
  };
  /** The address of the sandbox's server, without `/twilio`. */
  readonly baseUrl: () => string;
}

/** The clinic's number, as set at Twilio. */
export interface NumberState {
  readonly sid: string;
  readonly createdAt: number;
  updatedAt: number;
  smsUrl: string;
  smsMethod: string;
  smsFallbackUrl: string;
  statusCallback: string;
  friendlyName: string;
}

/** How its Messaging Service, if it has one, treats what comes in. */
export interface ServiceState {
  inboundRequestUrl: string;
  useInboundWebhookOnNumber: boolean;
}

export interface World {
  readonly options: TwilioOptions;
  readonly number: NumberState;
  readonly service: ServiceState;
  settings: Settings;
  readonly messages: MessageStore;
  readonly phones: Phones;
  readonly carrier: Carrier;
  readonly schedule: Schedule;
  readonly webhooks: WebhookClient;
  readonly callbacks: StatusCallbacks;
  readonly changes: Changes;
  readonly faults: Faults;
  readonly alerts: Alerts;
  close(): Promise<void>;
}

const newNumber = (from: string, now: number): NumberState => ({
  sid: newSid('PN'),
  createdAt: now,
  updatedAt: now,
  smsUrl: '',
  smsMethod: 'POST',
  smsFallbackUrl: '',
  statusCallback: '',
  friendlyName: from,
});

export const createWorld = (options: TwilioOptions): World => {
  const { clock, credentials } = options;
  const settings = (): Settings => world.settings;
  const webhooks = new WebhookClient(credentials.authToken);
  const callbacks = new StatusCallbacks(webhooks, credentials.accountSid, settings);
  const phones = new Phones();
  const changes = new Changes();
  const carrier = new Carrier({ clock, settings, phones, callbacks, changes });
  const schedule = new Schedule(clock, (record) => carrier.submit(record));
  const world: World = {
    options,
    number: newNumber(credentials.from, clock.now().getTime()),
    service: { inboundRequestUrl: '', useInboundWebhookOnNumber: true },
    settings: DEFAULTS,
    messages: new MessageStore(),
    phones,
    carrier,
    schedule,
    webhooks,
    callbacks,
    changes,
    faults: new Faults(),
    alerts: new Alerts(),
    close: async () => {
      callbacks.close();
      carrier.close();
      schedule.close();
      changes.close();
      await webhooks.close();
    },
  };
  return world;
};
