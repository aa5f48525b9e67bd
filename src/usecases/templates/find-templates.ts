import type { TemplateRow } from '../../domain/cards/template-cards';
import { AppError } from '../../domain/errors';
import { formatExpectedReplies } from '../../domain/expected-replies';
import { templateKey, MAX_TEMPLATE_NAME } from '../../domain/template-name';
import { reviewState } from '../../domain/template-review';
import { notFound, requireRight } from '../permissions';
import type { Ports } from '../ports';
import { Estimator } from './estimator';
import type { TemplateForm } from './save-template';
import { expectedRepliesOf } from './stored-replies';

export interface TemplateQuery {
  readonly actor: string;
  /** Of a name; empty: all. */
  readonly words: string;
  readonly archived: boolean;
}

/** @throws AppError FORBIDDEN */
export async function listTemplates(ports: Ports, { actor, words, archived }: TemplateQuery): Promise<TemplateRow[]> {
  await requireRight(ports, actor, 'templates.read');
  const wanted = words.trim().toLowerCase();
  const all = await ports.store.templates.list({ archived });
  const lastUsed = await ports.store.templates.lastUsed();
  const estimator = await Estimator.over(ports);
  return all.flatMap(({ id, name, versions }): TemplateRow[] => {
    const [latest] = versions;
    if (!latest || !name.toLowerCase().includes(wanted)) return [];
    const segments = latest.variants.map((variant) => estimator.segments(variant));
    return [
      {
        id,
        name,
        version: latest.number,
        languages: latest.variants.map(({ language }) => language),
        text: latest.variants.find(({ language }) => language === 'default')?.text ?? '',
        replies: latest.replies.map(({ label }) => label),
        segments: {
          least: Math.min(...segments.map(({ least }) => least)),
          most: Math.max(...segments.map(({ most }) => most)),
        },
        lastUsedAt: lastUsed.get(id) ?? null,
        review: ports.clinic.templateReview ? reviewState(latest) : null,
        archived,
      },
    ];
  });
}

/** Templates that can be sent now, with the version that would be. Where they are reviewed: an approved one. */
export async function sendableTemplates({
  store,
  clinic,
}: Pick<Ports, 'store' | 'clinic'>): Promise<{ id: number; name: string; version: number; waiting: number | null }[]> {
  const found = [];
  for (const { id, name, versions } of await store.templates.list()) {
    const latest = versions[0]?.number;
    const usable = await store.templates.usable(id, { reviewed: clinic.templateReview });
    if (latest === undefined || !usable) continue;
    found.push({ id, name, version: usable.number, waiting: latest === usable.number ? null : latest });
  }
  return found;
}

/** @throws AppError TEMPLATE_UNKNOWN, with the names that there are */
export async function templateByName(
  { store }: Pick<Ports, 'store'>,
  name: string,
  { archived = false }: { archived?: boolean } = {},
): Promise<number> {
  const found =
    name.trim() === '' ? null : await store.templates.byKey(templateKey(name.replace(/^["“](.*)["”]$/, '$1')));
  if (found && (found.archivedAt !== null) === archived) return found.id;
  throw new AppError('TEMPLATE_UNKNOWN', {
    message: 'no template of this name',
    userMessage: found ? isElsewhere(found.name, archived) : await whatThereIs(store, archived),
  });
}

const isElsewhere = (name: string, archived: boolean): string =>
  archived
    ? `“${name}” is not archived.`
    : `“${name}” is archived. Bring it back with /outreach template restore ${name}`;

async function whatThereIs(store: Ports['store'], archived: boolean): Promise<string> {
  const names = (await store.templates.list({ archived })).map(({ name }) => name).slice(0, 20);
  if (names.length > 0) return `There is no template of this name. There are: ${names.join(', ')}.`;
  return archived
    ? 'No template is archived.'
    : 'There is no template yet. Write one with /outreach template new, or take one from /outreach template library';
}

export interface EditableTemplate {
  readonly form: TemplateForm;
  readonly version: number;
}

/** The newest version, as the form shows it. @throws AppError NOT_FOUND */
export async function editableTemplate({ store }: Pick<Ports, 'store'>, templateId: number): Promise<EditableTemplate> {
  const latest = await store.templates.latest(templateId);
  if (!latest) throw notFound('template', templateId);
  return {
    version: latest.number,
    form: {
      name: latest.template.name,
      texts: Object.fromEntries(latest.variants.map(({ language, text }) => [language, text])),
      expectedReplies: formatExpectedReplies(expectedRepliesOf(latest.replies)),
    },
  };
}

/** The same for a new template, under a name that is free. */
export async function copyOfTemplate(ports: Pick<Ports, 'store'>, templateId: number): Promise<TemplateForm> {
  const { form } = await editableTemplate(ports, templateId);
  return { ...form, name: await freeName(ports, form.name) };
}

/** `Recall copy`, `Recall copy 2` … */
export async function freeName({ store }: Pick<Ports, 'store'>, name: string): Promise<string> {
  for (let number = 1; ; number += 1) {
    const suffix = number === 1 ? ' copy' : ` copy ${number}`;
    const free = `${[...name]
      .slice(0, MAX_TEMPLATE_NAME - suffix.length)
      .join('')
      .trim()}${suffix}`;
    if (!(await store.templates.byKey(templateKey(free)))) return free;
  }
}
