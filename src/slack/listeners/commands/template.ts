import { templateForm } from '../../blocks/forms/template-form';
import { templatesBlocks } from '../../blocks/lists';
import { renderCard } from '../../blocks/render-card';
import { editableTemplate, listTemplates, templateByName } from '../../../usecases/templates/find-templates';
import { knownPlaceholders } from '../../../usecases/templates/save-template';
import { latestTemplateCard } from '../../../usecases/templates/template-card';
import { requireRight } from '../../../usecases/permissions';
import type { Asked } from '../asked';

/** `/outreach template`: list, new, show NAME, edit NAME. A name alone shows it. */
export async function template(asked: Asked): Promise<unknown> {
  const [, verb = '', name = ''] = /^(\S*)\s*([\s\S]*)$/.exec(asked.words) ?? [];
  switch (verb.toLowerCase()) {
    case '':
    case 'list':
      return asked.show(templatesBlocks(await listTemplates(asked.ports)));
    case 'new':
      return openForm(asked);
    case 'edit':
      return openForm(asked, await templateByName(asked.ports, name));
    case 'show':
      return show(asked, name);
    default:
      return show(asked, asked.words);
  }
}

async function openForm({ ports, client, user, triggerId, channel }: Asked, templateId?: number): Promise<void> {
  await requireRight(ports, user, 'templates.write');
  const placeholders = await knownPlaceholders(ports);
  const edited = templateId === undefined ? {} : { templateId, initial: await editableTemplate(ports, templateId) };
  await client.views.open({ trigger_id: triggerId, view: templateForm({ placeholders, place: channel, ...edited }) });
}

async function show({ ports, show: tell }: Asked, name: string): Promise<unknown> {
  return tell(renderCard(await latestTemplateCard(ports, await templateByName(ports, name))));
}
