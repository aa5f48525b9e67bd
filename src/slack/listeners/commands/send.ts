import { EVERYBODY } from '../../../domain/audience';
import { readSendWords } from '../../../domain/send-words';
import { sendOptions } from '../../../usecases/campaigns/send-options';
import { sendForm } from '../../blocks/forms/send-form';
import { sendWordsRefused } from '../../blocks/send-words-refused';
import type { Asked } from '../asked';

/** `/outreach send`, or with words: `/outreach send "second dose" to "2nd dose", "Staff" at 9am tomorrow`. */
export async function send(asked: Asked): Promise<unknown> {
  const refused = await openSendForm(asked);
  return refused === null ? undefined : asked.show(sendWordsRefused(refused));
}

/**
 * Opens the form, filled in with what was said.
 * @returns what was not understood, when that is so and no form was opened; else null
 */
export async function openSendForm({
  ports,
  client,
  user,
  channel,
  triggerId,
  words,
}: Omit<Asked, 'show'>): Promise<{ problems: readonly string[]; meant: string | null; rest: string } | null> {
  const options = await sendOptions(ports, user);
  const { templates, groups, timeZone: zone } = options;
  const said = readSendWords(words, { templates, groups, now: ports.clock.now(), zone });
  if (!said.ok) return said;
  const { templateId, startAt, groupIds, match, exceptGroupIds } = said;
  const audience = { ...EVERYBODY, groupIds, match, exceptGroupIds };
  const initial = { audience, startAt, ...(templateId === undefined ? {} : { templateId }) };
  await client.views.open({ trigger_id: triggerId, view: sendForm({ ...options, place: channel, initial }) });
  return null;
}
