import type { AllMiddlewareArgs, BlockAction, SlackActionMiddlewareArgs, ViewOutput } from '@slack/bolt';
import type { WebClient } from '@slack/web-api';
import { lintTemplate, templateFormFacts, withPlainSigns } from '../../usecases/templates/lint-template';
import type { TemplateForm } from '../../usecases/templates/save-template';
import type { Ports } from '../../usecases/ports';
import { readTemplateForm, templateForm, type TemplateFormOrigin } from '../blocks/forms/template-form';
import { slackError } from '../outcomes';

type Args = SlackActionMiddlewareArgs<BlockAction> & AllMiddlewareArgs;

/** Slack takes about a hundred changes of a view a minute; what was typed meanwhile is looked at together. */
const BETWEEN_UPDATES_MS = 500;

/** A form that is being written in. */
interface Typed {
  readonly view: ViewOutput;
  readonly client: WebClient;
}

export interface OpenTemplateForm {
  readonly triggerId: string;
  readonly origin: TemplateFormOrigin;
  readonly initial?: TemplateForm;
}

/** Opens the form, or lays it upon the modal from which it was asked for. */
export async function openTemplateForm(ports: Ports, client: WebClient, open: OpenTemplateForm): Promise<void> {
  const { triggerId: trigger_id, origin, initial } = open;
  const facts = await templateFormFacts(ports);
  const notes = initial ? { initial, notes: await lintTemplate(ports, initial) } : {};
  const view = templateForm({ ...facts, origin, ...notes });
  await (origin.stacked === true ? client.views.push({ trigger_id, view }) : client.views.open({ trigger_id, view }));
}

export const originOf = (view: Pick<ViewOutput, 'private_metadata'>): TemplateFormOrigin =>
  JSON.parse(view.private_metadata || '{}') as TemplateFormOrigin;

/** Shows what the texts come to while somebody types. One change at a time a form; of what comes meanwhile only the newest. */
export const lintWhileTyping = (ports: Ports) => {
  const waiting = new Map<string, Typed | null>();
  const follow = async (id: string, first: Typed): Promise<void> => {
    for (let typed: Typed | null = first; typed !== null;) {
      waiting.set(id, null);
      await showIn(ports, typed, { form: readTemplateForm(typed.view.state.values) });
      await new Promise((resolve) => setTimeout(resolve, BETWEEN_UPDATES_MS).unref());
      typed = waiting.get(id) ?? null;
    }
  };
  return async ({ ack, body, client }: Args): Promise<void> => {
    await ack();
    const { view } = body;
    if (!view) return;
    const isBusy = waiting.has(view.id);
    waiting.set(view.id, { view, client });
    if (isBusy) return;
    await follow(view.id, { view, client })
      .catch((err: unknown) => ports.log.warn({ err }, 'a form could not be brought up to date'))
      .finally(() => waiting.delete(view.id));
  };
};

/** Adds a field for the chosen language. */
export const addLanguage =
  (ports: Ports) =>
  async ({ ack, body, action, client }: Args): Promise<void> => {
    await ack();
    const language = 'selected_option' in action ? action.selected_option?.value : undefined;
    if (!body.view || language === undefined) return;
    const form = readTemplateForm(body.view.state.values);
    await showIn(ports, { view: body.view, client }, { form: { ...form, texts: { ...form.texts, [language]: '' } } });
  };

/** Puts plain signs into the text of the button's language. */
export const replaceByPlain =
  (ports: Ports) =>
  async ({ ack, body, action, client }: Args): Promise<void> => {
    await ack();
    if (!body.view || action.type !== 'button') return;
    const origin = originOf(body.view);
    const form = withPlainSigns(readTemplateForm(body.view.state.values), action.value ?? '');
    await showIn(ports, { view: body.view, client }, { form, origin: { ...origin, round: (origin.round ?? 0) + 1 } });
  };

/** @param origin of another round: then what the fields hold is put in anew */
async function showIn(
  ports: Ports,
  { view, client }: Typed,
  { form, origin = originOf(view) }: { form: TemplateForm; origin?: TemplateFormOrigin },
): Promise<void> {
  const facts = await templateFormFacts(ports);
  const notes = await lintTemplate(ports, form);
  try {
    await client.views.update({ view_id: view.id, view: templateForm({ ...facts, origin, initial: form, notes }) });
  } catch (error) {
    // Saved or closed meanwhile: there is nothing to show any more.
    if (slackError(error) !== 'not_found') throw error;
  }
}
