import type { AllMiddlewareArgs, SlackEventMiddlewareArgs } from '@slack/bolt';
import type { WebClient } from '@slack/web-api';
import { homePage } from '../../usecases/home-page';
import type { Ports } from '../../usecases/ports';
import { homeView } from '../blocks/home';

type Args = SlackEventMiddlewareArgs<'app_home_opened'> & AllMiddlewareArgs;

export const showHome =
  (ports: Ports) =>
  async ({ event, client }: Args): Promise<void> => {
    if (event.tab === 'home') await publishHome(ports, client, event.user);
  };

/** Slack keeps what was published last: again after each press of its buttons. */
export async function publishHome(ports: Ports, client: WebClient, user: string): Promise<void> {
  await client.views.publish({ user_id: user, view: homeView(await homePage(ports, user)) });
}
