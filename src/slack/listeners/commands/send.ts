import { templateKey } from '../../../domain/template-name';
import { AppError } from '../../../domain/errors';
import { sendOptions } from '../../../usecases/campaigns/send-options';
import { sendForm } from '../../blocks/forms/send-form';
import type { Asked } from '../asked';

/** `/outreach send`, or `/outreach send second dose` with the template chosen. */
export async function send({ ports, client, user, channel, triggerId, words }: Asked): Promise<void> {
  const options = await sendOptions(ports, user);
  const wanted = words === '' ? undefined : options.templates.find(({ name }) => sameName(name, words));
  const view = sendForm({ ...options, place: channel, ...(wanted ? { initialTemplateId: wanted.id } : {}) });
  await client.views.open({ trigger_id: triggerId, view });
}

/** Whatever cannot be a template's name is not this one's. */
function sameName(name: string, words: string): boolean {
  try {
    return templateKey(name) === templateKey(words.replace(/^["“](.*)["”]$/, '$1'));
  } catch (error) {
    if (error instanceof AppError) return false;
    throw error;
  }
}
