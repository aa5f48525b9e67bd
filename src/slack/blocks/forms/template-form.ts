import type { ModalView } from '@slack/types';
import { VIEWS } from '../action-ids';
import { plain } from '../elements';
import { input } from './inputs';
import { typedIn } from './view-values';
import type { ViewValues } from './view-values';

export interface TemplateInput {
  readonly name: string;
  readonly text: string;
  readonly spanish: string;
  readonly expectedReplies: string;
}

export interface TemplateFormOptions {
  readonly placeholders: readonly string[];
  readonly templateId?: number;
  /** Where the form was opened; comes back with the submission. */
  readonly place?: string;
  readonly initial?: TemplateInput;
}

/** A field's block, by which Slack places its error. */
const BLOCKS = {
  name: 'template_name',
  text: 'template_text',
  spanish: 'template_spanish',
  expectedReplies: 'template_replies',
} as const satisfies Record<keyof TemplateInput, string>;

const FIELDS: readonly (keyof TemplateInput)[] = ['name', 'text', 'spanish', 'expectedReplies'];

/** To write a new template, or a new version of one. */
export const templateForm = ({ placeholders, templateId, place, initial }: TemplateFormOptions): ModalView => ({
  type: 'modal',
  callback_id: VIEWS.template,
  private_metadata: JSON.stringify({ templateId, place }),
  title: plain(templateId === undefined ? 'New template' : 'Edit template', 24),
  submit: plain('Save', 24),
  close: plain('Cancel', 24),
  blocks: [
    input({
      block: BLOCKS.name,
      label: 'Name',
      element: { type: 'plain_text_input', max_length: 60, ...prefilled(initial?.name, 60) },
    }),
    input({
      block: BLOCKS.text,
      label: 'Text',
      hint: hintOf(placeholders),
      element: { type: 'plain_text_input', multiline: true, ...prefilled(initial?.text) },
    }),
    input({
      block: BLOCKS.spanish,
      label: 'Text in Spanish',
      hint: 'For patients whose language is Spanish. Without it they get the text above.',
      optional: true,
      element: { type: 'plain_text_input', multiline: true, ...prefilled(initial?.spanish) },
    }),
    input({
      block: BLOCKS.expectedReplies,
      label: 'Expected replies',
      hint: 'For example YES, NO. Or one a line, with more words that mean it: YES: yes, sí, count me in. Every other reply is flagged for staff.',
      optional: true,
      element: {
        type: 'plain_text_input',
        multiline: true,
        placeholder: plain('YES, NO', 150),
        ...prefilled(initial?.expectedReplies),
      },
    }),
  ],
});

const MOST_PLACEHOLDERS = 40;

const hintOf = (placeholders: readonly string[]): string => {
  if (placeholders.length === 0) return 'What patients get.';
  const shown = placeholders.slice(0, MOST_PLACEHOLDERS).map((name) => `{{ ${name} }}`);
  const more = placeholders.length > shown.length ? ' …' : '';
  return `You can use ${shown.join(', ')}${more}`;
};

/** Cut at Slack's limit: more was never typed into this form. */
const prefilled = (text: string | undefined, limit = 3000): { initial_value?: string } =>
  text === undefined || text === '' ? {} : { initial_value: text.slice(0, limit) };

export const readTemplateForm = (values: ViewValues): TemplateInput => ({
  name: typedIn(values, BLOCKS.name),
  text: typedIn(values, BLOCKS.text),
  spanish: typedIn(values, BLOCKS.spanish),
  expectedReplies: typedIn(values, BLOCKS.expectedReplies),
});

/** What is wrong, placed under its field. */
export const templateFormErrors = (errors: Partial<Record<keyof TemplateInput, string>>): Record<string, string> =>
  Object.fromEntries(
    FIELDS.flatMap((field) => {
      const error = errors[field];
      return error === undefined ? [] : [[BLOCKS[field], error]];
    }),
  );
