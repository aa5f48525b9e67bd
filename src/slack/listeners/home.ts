import type { AllMiddlewareArgs, SlackEventMiddlewareArgs } from '@slack/bolt';
import { homePage } from '../../usecases/home-page';
import type { Ports } from '../../usecases/ports';
import { homeView } from '../blocks/home';

type Args = SlackEventMiddlewareArgs<'app_home_opened'> & AllMiddlewareArgs;

export const showHome =
  (ports: Ports) =>
  async ({ event, client }: Args): Promise<void> => {
    if (event.tab !== 'home') return;
    await client.views.publish({ user_id: event.user, view: homeView(await homePage(ports, event.user)) });
  };
