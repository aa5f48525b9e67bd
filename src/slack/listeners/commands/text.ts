import { openConversation } from '../../../usecases/conversations/open-conversation';
import type { Asked } from '../asked';

/** Opens the thread of a patient; what is written there is texted. */
export async function text({ ports, user, words, show }: Asked): Promise<unknown> {
  if (words === '') return show({ text: 'Whom? Type /outreach text and a patient id or a phone number.' });
  const { who } = await openConversation(ports, { actor: user, words });
  const channel = ports.clinic.channels.replies;
  return show({
    text: `The conversation with ${who} is open in <#${channel}>. What you write in its thread is texted.`,
  });
}
