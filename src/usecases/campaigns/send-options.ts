import { type Audience, EVERYBODY, NO_LANGUAGE } from '../../domain/audience';
import { AppError } from '../../domain/errors';
import { listGroups } from '../patients/list-groups';
import { requireRight } from '../permissions';
import type { Ports } from '../ports';
import { sendableTemplates } from '../templates/find-templates';

/** Whose patients can be chosen again. */
const EARLIER_SENDS = 15;

/**
 * What the send form offers.
 * @param draft whom a draft that is changed is for: what it chose is offered again, though nobody could choose it now
 * @throws AppError FORBIDDEN, NOTHING_TO_SEND with what to do first
 */
export async function sendOptions(ports: Ports, actor: string, draft: Audience = EVERYBODY) {
  await requireRight(ports, actor, 'campaigns.send');
  const { store, clinic } = ports;
  const templates = await sendableTemplates(ports);
  const chosen = [...draft.groupIds, ...draft.exceptGroupIds];
  const groups = (await listGroups(ports, actor)).filter(({ id, members }) => members > 0 || chosen.includes(id));
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
  const spoken = (await store.patients.languagesSpoken()).map((code) => code ?? NO_LANGUAGE);
  const languages = [...new Set([...spoken, ...draft.languages])];
  const earlier = (await earlierSends(ports, draft)).map(({ id, templateVersion: { template, replies } }) => ({
    campaignId: id,
    name: template.name,
    answers: replies.map(({ label }) => label),
  }));
  return { templates, groups, languages, earlier, timeZone: clinic.timeZone };
}

/** The newest, and the one by which the draft is narrowed. */
async function earlierSends({ store: { campaigns } }: Ports, { earlier }: Audience) {
  const newest = await campaigns.sent(EARLIER_SENDS);
  if (earlier === null || newest.some(({ id }) => id === earlier.campaignId)) return newest;
  const drafts = await campaigns.byId(earlier.campaignId);
  return drafts ? [...newest, drafts] : newest;
}
