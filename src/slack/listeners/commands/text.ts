import { openConversation } from '../../../usecases/conversations/open-conversation';
import { firstTextForm } from '../../blocks/forms/first-text-form';
import type { Asked } from '../asked';

/** Opens the thread of a patient, and a form for the first text. */
export async function text({ ports, client, user, words, triggerId, show }: Asked): Promise<unknown> {
  if (words === '') return show({ text: 'Whom? Type /outreach text and a patient id or a phone number.' });
  const opened = await openConversation(ports, { actor: user, words });
  await client.views.open({ trigger_id: triggerId, view: firstTextForm(opened) });
  return show({
    text: `The conversation with ${opened.who} is open in <#${opened.channel}>. What you write in its thread is texted, too.`,
  });
}
