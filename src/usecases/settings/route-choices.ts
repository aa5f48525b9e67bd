import type { ReplyRoute } from '../../domain/conversation-settings';
import type { Ports } from '../ports';

const RECENT_SENDS = 20;

interface Choice {
  readonly of: ReplyRoute['of'];
  readonly id: number;
  readonly name: string;
  readonly channel: string | null;
}

/** What replies can be told apart by: groups, templates and the newest sends, each with where its replies go now. */
export async function routeChoices({ store, clinic }: Ports): Promise<{ choices: Choice[]; usual: string }> {
  const { routes } = clinic.conversations.current();
  const choice = (of: ReplyRoute['of'], id: number, name: string): Choice => ({
    of,
    id,
    name,
    channel: routes.find((route) => route.of === of && route.id === id)?.channel ?? null,
  });
  const groups = await store.groups.list();
  const templates = await store.templates.list();
  const campaigns = await store.campaigns.recent(RECENT_SENDS);
  return {
    choices: [
      ...groups.map(({ id, name }) => choice('group', id, name)),
      ...templates.map(({ id, name }) => choice('template', id, name)),
      ...campaigns.map(({ id, templateVersion }) => choice('campaign', id, `${id} “${templateVersion.template.name}”`)),
    ],
    usual: clinic.channels.replies,
  };
}
