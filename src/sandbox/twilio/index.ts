/** A small, strict Twilio on this machine: enough of its REST API, its queue, its webhooks, and the phones behind them. */
import type { Handler } from '../http';
import { Api } from './api/handle';
import { createControl } from './control/handle';
import { createWorld } from './world';
import type { TwilioOptions } from './world';

export type { TwilioOptions } from './world';

export interface LocalTwilio {
  readonly handle: Handler;
  close(): Promise<void>;
}

export const createTwilio = (options: TwilioOptions): LocalTwilio => {
  const world = createWorld(options);
  const api = new Api(world);
  const control = createControl(world);
  return {
    handle: (req, res, url) =>
      url.pathname.startsWith('/twilio/control/') ? control(req, res, url) : api.handle(req, res, url),
    close: async () => {
      api.close();
      await world.close();
    },
  };
};
