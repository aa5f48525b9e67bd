import { AppError } from '../../domain/errors';
import { parseExpectedReplies } from '../../domain/expected-replies';
import { checkTemplateText, STANDARD_PLACEHOLDERS } from '../../domain/template';
import { templateKey, tidyTemplateName } from '../../domain/template-name';
import type { Tx } from '../../store/store';
import { campaignKey } from '../campaigns/campaign-key';
import { requireRight } from '../permissions';
import type { Ports } from '../ports';
import { askForReview } from './review-template';

export interface TemplateForm {
  readonly name: string;
  /** By language; `default` is the one that everybody gets who has no other. Empty texts count as not there. */
  readonly texts: Readonly<Record<string, string>>;
  readonly expectedReplies: string;
}

/** What is wrong with a form, field by field, in words for the one who fills it in. */
export interface FormErrors {
  readonly name?: string;
  readonly texts?: Readonly<Record<string, string>>;
  readonly expectedReplies?: string;
}

export interface TemplateRequest {
  readonly form: TemplateForm;
  readonly actor: string;
  /** Edit: the template that gets a new version. New: undefined, and the name must be free. */
  readonly templateId?: number | undefined;
  /** Edit: the version that the form was filled with. */
  readonly base?: number | undefined;
}

export type SavedTemplate =
  | {
      readonly ok: true;
      readonly versionId: number;
      readonly templateId: number;
      /** Who saved a version while this one was being written, which does not hold it. */
      readonly overtook: string | null;
    }
  | { readonly ok: false; readonly errors: FormErrors };

/** The placeholders that a template may use: the usual ones, and the extra columns that imports brought. */
export async function knownPlaceholders({ store }: Pick<Ports, 'store'>): Promise<string[]> {
  return [...STANDARD_PLACEHOLDERS, ...(await store.patients.fieldNames())];
}

/**
 * Saves a template, or a new version of one; where templates are reviewed, reviewers are asked.
 * @throws AppError FORBIDDEN
 */
export async function saveTemplate(ports: Ports, request: TemplateRequest): Promise<SavedTemplate> {
  const { form, actor, templateId, base } = request;
  await requireRight(ports, actor, 'templates.write');
  const errors = await faultsOf(ports, form);
  const replies = parseExpectedReplies(form.expectedReplies);
  const at = ports.clock.now();
  const saved = await ports.store.transaction(async (tx): Promise<SavedTemplate> => {
    // Inside, so that of two who save a name at once one is told.
    const name = await nameFault(tx, form.name, templateId);
    const all = { ...(name !== undefined && { name }), ...errors };
    if (Object.keys(all).length > 0) return { ok: false, errors: all };
    const before = templateId === undefined ? null : await tx.templates.latest(templateId);
    const version = await tx.templates.addVersion({
      templateId,
      name: tidyTemplateName(form.name),
      key: templateKey(form.name),
      createdBy: actor,
      at,
      variants: writtenTexts(form).map(([language, text]) => ({ language, text: text.trim() })),
      replies: replies.ok ? replies.replies : [],
    });
    const { versionId } = version;
    const subject = `template:${version.templateId}`;
    const detail = { versionId, before: { version: before?.number ?? null }, after: { version: version.number } };
    await tx.audit.append({ at, actor, action: 'template.save', subject, detail });
    // Cards of sends that were previewed before say that there is a newer text.
    for (const id of await tx.templates.notBegunOf(version.templateId)) await tx.posts.touch(campaignKey(id));
    if (ports.clinic.templateReview) await askForReview(ports, tx, versionId);
    const isOvertaken = before !== null && base !== undefined && before.number > base;
    return { ok: true, versionId, templateId: version.templateId, overtook: isOvertaken ? before.createdBy : null };
  });
  ports.wake.posts();
  return saved;
}

const writtenTexts = ({ texts }: TemplateForm): [language: string, text: string][] =>
  Object.entries(texts).filter(([language, text]) => language === 'default' || text.trim() !== '');

async function faultsOf(ports: Ports, form: TemplateForm): Promise<FormErrors> {
  const known = await knownPlaceholders(ports);
  const replies = parseExpectedReplies(form.expectedReplies);
  const texts = writtenTexts(form).flatMap(([language, text]) => {
    const problems = checkTemplateText(text, known);
    return problems.length === 0 ? [] : [[language, problems.map(({ sentence }) => sentence).join(' ')] as const];
  });
  return {
    ...(texts.length > 0 && { texts: Object.fromEntries(texts) }),
    ...(!replies.ok && { expectedReplies: replies.problems.join(' ') }),
  };
}

async function nameFault(tx: Tx, name: string, templateId: number | undefined): Promise<string | undefined> {
  try {
    const taken = await tx.templates.byKey(templateKey(name));
    if (!taken || taken.id === templateId) return undefined;
    if (taken.archivedAt === null)
      return `There is a template “${taken.name}” already. Choose another name, or edit that one: /outreach template edit ${taken.name}`;
    // A new template under the name of an archived one brings that back, with its history.
    return templateId === undefined
      ? undefined
      : `An archived template is called “${taken.name}”. Choose another name.`;
  } catch (error) {
    if (error instanceof AppError) return error.userMessage;
    throw error;
  }
}
