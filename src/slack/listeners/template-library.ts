import type { AllMiddlewareArgs, BlockAction, SlackActionMiddlewareArgs } from '@slack/bolt';
import type { Ports } from '../../usecases/ports';
import * as starters from '../../usecases/templates/starter-library';
import { libraryForm } from '../blocks/forms/library-form';
import type { Asked } from './asked';
import { guarded } from './guard';
import { openTemplateForm } from './template-form';

type Args = SlackActionMiddlewareArgs<BlockAction> & AllMiddlewareArgs;

/** `/outreach template library`, or with words of a topic: `library vaccine`. */
export async function openLibrary({ ports, client, user, triggerId, channel }: Asked, words: string): Promise<void> {
  const library = await starters.openStarterLibrary(ports, user);
  const wanted = words.trim().toLowerCase();
  const topic =
    wanted === '' ? undefined : library.entries.find((one) => one.topic.toLowerCase().includes(wanted))?.topic;
  await client.views.open({ trigger_id: triggerId, view: libraryForm({ ...library, topic, place: channel }) });
}

/** The library's own modal stays; another topic is shown in it. */
export const chooseTopic =
  (ports: Ports) =>
  async ({ ack, body, action, client }: Args): Promise<void> => {
    await ack();
    const topic = 'selected_option' in action ? action.selected_option?.value : undefined;
    const { view } = body;
    if (!view) return;
    await guarded(ports, tellIn(ports, client, body.user.id), async () => {
      const library = await starters.openStarterLibrary(ports, body.user.id);
      await client.views.update({ view_id: view.id, view: libraryForm({ ...library, topic, place: placeOf(view) }) });
    });
  };

/** The form for a new template, filled in and laid upon the library: nothing is saved before Save. */
export const copyFromLibrary =
  (ports: Ports) =>
  async ({ ack, body, action, client }: Args): Promise<void> => {
    await ack();
    const { view } = body;
    if (!view || action.type !== 'button') return;
    const actor = body.user.id;
    await guarded(ports, tellIn(ports, client, actor), async () => {
      const initial = await starters.copyFromLibrary(ports, { key: action.value ?? '', actor });
      const origin = { place: placeOf(view), stacked: true };
      await openTemplateForm(ports, client, { triggerId: body.trigger_id, initial, origin });
    });
  };

const placeOf = ({ private_metadata }: { readonly private_metadata: string }): string =>
  (JSON.parse(private_metadata || '{}') as { place?: string }).place ?? '';

/** Behind a modal a message in a channel is not seen: the DM notifies. */
const tellIn = (ports: Ports, client: Args['client'], user: string) => async (text: string) =>
  client.chat.postMessage({ channel: await ports.room.directChannel(user), text });
