import { NO_LANGUAGE } from '../../domain/audience';
import { AppError } from '../../domain/errors';
import { listGroups } from '../patients/list-groups';
import { requireRight } from '../permissions';
import type { Ports } from '../ports';
import { sendableTemplates } from '../templates/find-templates';

/** Whose patients can be chosen again. */
const EARLIER_SENDS = 15;

/**
 * What the send form offers.
 * @throws AppError FORBIDDEN, NOTHING_TO_SEND with what to do first
 */
export async function sendOptions(ports: Ports, actor: string) {
  await requireRight(ports, actor, 'campaigns.send');
  const { store, clinic } = ports;
  const templates = await sendableTemplates(ports);
  const groups = (await listGroups(ports, actor)).filter(({ members }) => members > 0);
  const nothing = (userMessage: string): AppError =>
    new AppError('NOTHING_TO_SEND', { message: 'no template or no group', userMessage });
  if (templates.length === 0) {
    const waits = (await ports.store.templates.list()).length > 0;
    throw nothing(
      waits
        ? 'No template is approved yet. They wait for a reviewer’s ✅ in the approvals channel.'
        : 'There is no template yet. Write one first: /outreach template new',
    );
  }
  if (groups.length === 0)
    throw nothing('There is no group with patients yet. Bring patients in first: /outreach import');
  const languages = (await store.patients.languagesSpoken()).map((code) => code ?? NO_LANGUAGE);
  const earlier = (await store.campaigns.sent(EARLIER_SENDS)).map(({ id, templateVersion: { template, replies } }) => ({
    campaignId: id,
    name: template.name,
    answers: replies.map(({ label }) => label),
  }));
  return { templates, groups, languages, earlier, timeZone: clinic.timeZone };
}
