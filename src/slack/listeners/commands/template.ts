import { archiveTemplate } from '../../../usecases/templates/archive-template';
import {
  copyOfTemplate,
  editableTemplate,
  listTemplates,
  templateByName,
} from '../../../usecases/templates/find-templates';
import { latestTemplateCard } from '../../../usecases/templates/template-card';
import { templateHistory } from '../../../usecases/templates/template-history';
import { requireRight } from '../../../usecases/permissions';
import { ACTIONS } from '../../blocks/action-ids';
import { button, section } from '../../blocks/elements';
import { templatesBlocks } from '../../blocks/lists';
import { message } from '../../blocks/message';
import { renderCard } from '../../blocks/render-card';
import { historyBlocks } from '../../blocks/template-history';
import { name as escaped } from '../../blocks/words';
import type { Asked } from '../asked';
import { openTemplateForm } from '../template-form';
import { openLibrary } from '../template-library';

type Verb = (asked: Asked, rest: string) => Promise<unknown>;

/** All that can be typed after `/outreach template`. A name alone shows it. */
export const TEMPLATE_VERBS: Readonly<Record<string, Verb>> = {
  list: (asked, words) =>
    /^archived$/i.test(words.trim())
      ? list(asked, { words: '', archived: true })
      : list(asked, { words, archived: false }),
  new: async ({ ports, client, user, triggerId, channel }) => {
    await requireRight(ports, user, 'templates.write');
    await openTemplateForm(ports, client, { triggerId, origin: { place: channel } });
  },
  show,
  edit: async ({ ports, client, user, triggerId, channel }, name) => {
    await requireRight(ports, user, 'templates.write');
    const templateId = await templateByName(ports, name);
    const { form: initial, version: base } = await editableTemplate(ports, templateId);
    await openTemplateForm(ports, client, { triggerId, initial, origin: { templateId, base, place: channel } });
  },
  copy: async ({ ports, client, user, triggerId, channel }, name) => {
    await requireRight(ports, user, 'templates.write');
    const initial = await copyOfTemplate(ports, await templateByName(ports, name));
    await openTemplateForm(ports, client, { triggerId, initial, origin: { place: channel } });
  },
  archive: async ({ ports, user, show: tell }, name) => {
    const templateId = await templateByName(ports, name);
    await archiveTemplate(ports, { templateId, actor: user, archived: true });
    const { form } = await editableTemplate(ports, templateId);
    const said = `“${escaped(form.name)}” is archived: it is offered for no new send. What is under way goes on.`;
    const undo = button({ label: 'Bring it back', action: ACTIONS.templateRestore, value: String(templateId) });
    return tell(message([section(said, undo)]));
  },
  restore: async ({ ports, user, show: tell }, name) => {
    const templateId = await templateByName(ports, name, { archived: true });
    await archiveTemplate(ports, { templateId, actor: user, archived: false });
    return tell({ text: `“${escaped(name)}” can be used again.` });
  },
  library: openLibrary,
  history: async ({ ports, user, show: tell }, name) =>
    tell(historyBlocks(await templateHistory(ports, { templateId: await templateByName(ports, name), actor: user }))),
};

export async function template(asked: Asked): Promise<unknown> {
  const [, typed = '', rest = ''] = /^(\S*)\s*([\s\S]*)$/.exec(asked.words) ?? [];
  const verb = typed === '' ? 'list' : typed.toLowerCase();
  const run = Object.hasOwn(TEMPLATE_VERBS, verb) ? TEMPLATE_VERBS[verb] : undefined;
  return run ? run(asked, rest) : show(asked, asked.words);
}

async function list({ ports, user, show: tell }: Asked, what: { words: string; archived: boolean }): Promise<unknown> {
  return tell(templatesBlocks(await listTemplates(ports, { actor: user, ...what })));
}

async function show({ ports, user, show: tell }: Asked, name: string): Promise<unknown> {
  await requireRight(ports, user, 'templates.read');
  return tell(
    renderCard(await latestTemplateCard(ports, { templateId: await templateByName(ports, name), actor: user })),
  );
}
