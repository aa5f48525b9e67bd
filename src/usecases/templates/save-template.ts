import { AppError } from '../../domain/errors';
import { parseExpectedReplies } from '../../domain/expected-replies';
import { checkTemplateText, STANDARD_PLACEHOLDERS } from '../../domain/template';
import { templateKey } from '../../domain/template-name';
import { requireRight } from '../permissions';
import type { Ports } from '../ports';

export interface TemplateForm {
  readonly name: string;
  readonly text: string;
  readonly spanish: string;
  readonly expectedReplies: string;
}

/** What is wrong with a form, field by field, in words for the one who fills it in. */
export type FormErrors = Partial<Record<keyof TemplateForm, string>>;

export interface TemplateRequest {
  readonly form: TemplateForm;
  readonly actor: string;
  /** Edit: the template that gets a new version. New: undefined, and the name must be free. */
  readonly templateId?: number | undefined;
}

export type SavedTemplate =
  | { readonly ok: true; readonly versionId: number; readonly templateId: number }
  | { readonly ok: false; readonly errors: FormErrors };

/** The placeholders that a template may use: the usual ones, and the extra columns that imports brought. */
export async function knownPlaceholders({ store }: Pick<Ports, 'store'>): Promise<string[]> {
  return [...STANDARD_PLACEHOLDERS, ...(await store.patients.fieldNames())];
}

/**
 * Saves a template, or a new version of one.
 * @throws AppError FORBIDDEN
 */
export async function saveTemplate(ports: Ports, { form, actor, templateId }: TemplateRequest): Promise<SavedTemplate> {
  await requireRight(ports, actor, 'templates.write');
  const errors = await faultsOf(ports, form, templateId);
  if (Object.keys(errors).length > 0) return { ok: false, errors };
  const replies = parseExpectedReplies(form.expectedReplies);
  const variants = [{ language: 'default', text: form.text.trim() }];
  if (form.spanish.trim() !== '') variants.push({ language: 'es', text: form.spanish.trim() });
  const at = ports.clock.now();
  return ports.store.transaction(async (tx) => {
    const saved = await tx.templates.addVersion({
      name: form.name.trim().replace(/\s+/g, ' '),
      key: templateKey(form.name),
      createdBy: actor,
      at,
      variants,
      replies: replies.ok ? replies.replies : [],
    });
    const subject = `template:${saved.templateId}`;
    await tx.audit.append({ at, actor, action: 'template.save', subject, detail: { versionId: saved.versionId } });
    return { ok: true, ...saved };
  });
}

async function faultsOf(ports: Ports, form: TemplateForm, templateId: number | undefined): Promise<FormErrors> {
  const known = await knownPlaceholders(ports);
  const replies = parseExpectedReplies(form.expectedReplies);
  const faults: Record<keyof TemplateForm, string | undefined> = {
    name: await nameFault(ports, form.name, templateId),
    text: sentences(checkTemplateText(form.text, known)),
    spanish: form.spanish.trim() === '' ? undefined : sentences(checkTemplateText(form.spanish, known)),
    expectedReplies: replies.ok ? undefined : replies.problems.join(' '),
  };
  return Object.fromEntries(Object.entries(faults).filter(([, fault]) => fault !== undefined));
}

const sentences = (problems: readonly { readonly sentence: string }[]): string | undefined =>
  problems.length === 0 ? undefined : problems.map(({ sentence }) => sentence).join(' ');

async function nameFault({ store }: Ports, name: string, templateId: number | undefined): Promise<string | undefined> {
  try {
    const taken = await store.templates.byKey(templateKey(name));
    if (!taken || taken.archivedAt !== null || taken.id === templateId) return undefined;
    return `There is a template “${taken.name}” already. Choose another name, or edit that one: /outreach template edit ${taken.name}`;
  } catch (error) {
    if (error instanceof AppError) return error.userMessage;
    throw error;
  }
}
