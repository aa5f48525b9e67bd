import type { TemplateRow } from '../../domain/cards/card';
import { AppError } from '../../domain/errors';
import { formatExpectedReplies } from '../../domain/expected-replies';
import { templateKey } from '../../domain/template-name';
import { notFound } from '../permissions';
import type { Ports } from '../ports';
import type { TemplateForm } from './save-template';

export async function listTemplates({ store }: Pick<Ports, 'store'>): Promise<TemplateRow[]> {
  return (await store.templates.list()).flatMap(({ id, name, versions }) => {
    const [latest] = versions;
    if (!latest) return [];
    const text = latest.variants.find(({ language }) => language === 'default')?.text ?? '';
    const languages = latest.variants.map(({ language }) => language);
    return [{ id, name, version: latest.number, languages, text, replies: latest.replies.map(({ label }) => label) }];
  });
}

/** @throws AppError TEMPLATE_UNKNOWN, with the names that there are */
export async function templateByName({ store }: Pick<Ports, 'store'>, name: string): Promise<number> {
  const found =
    name.trim() === '' ? null : await store.templates.byKey(templateKey(name.replace(/^["“](.*)["”]$/, '$1')));
  if (found && found.archivedAt === null) return found.id;
  const names = (await store.templates.list()).map((template) => template.name).slice(0, 20);
  throw new AppError('TEMPLATE_UNKNOWN', {
    message: 'no template of this name',
    userMessage:
      names.length === 0
        ? 'There is no template yet. /outreach template new'
        : `There is no template of this name. There are: ${names.join(', ')}.`,
  });
}

/** The newest version, as the form shows it. */
export async function editableTemplate({ store }: Pick<Ports, 'store'>, templateId: number): Promise<TemplateForm> {
  const latest = await store.templates.latest(templateId);
  if (!latest) throw notFound('template', templateId);
  const textIn = (language: string): string =>
    latest.variants.find((variant) => variant.language === language)?.text ?? '';
  const replies = latest.replies.map(({ label, words, autoAnswer }) => ({
    label,
    words: JSON.parse(words) as string[],
    ...(autoAnswer === null ? {} : { autoAnswer }),
  }));
  return {
    name: latest.template.name,
    text: textIn('default'),
    spanish: textIn('es'),
    expectedReplies: formatExpectedReplies(replies),
  };
}
