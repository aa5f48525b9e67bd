import type { InputBlock, KnownBlock, ModalView } from '@slack/types';
import type { Hint } from '../../../domain/template/lint';
import type { Estimate } from '../../../domain/template/estimate';
import { ACTIONS, VIEWS } from '../action-ids';
import { actions, button, context, plain } from '../elements';
import { estimateLine, textTitle } from '../template-words';
import { count, language, name, plainName } from '../words';
import { input, option } from './inputs';
import { fieldsOf, textBlock } from './template-fields';
import type { TemplateInput } from './template-fields';
import { typedIn } from './view-values';
import type { ViewValues } from './view-values';

/** What a form carries from one view to the next, in private_metadata. */
export interface TemplateFormOrigin {
  readonly templateId?: number;
  /** The version that the form was filled with. */
  readonly base?: number;
  /** Where the form was opened. */
  readonly place?: string;
  /** It lies on the library: saving closes both. */
  readonly stacked?: boolean;
  /** How often the app has put another text into a field: a field keeps what was typed as long as its id stays. */
  readonly round?: number;
}

/** What is said of one text while it is being written. */
export interface TextNotes {
  readonly estimate: Estimate | null;
  readonly hints: readonly Hint[];
  /** What keeps it from being saved. */
  readonly problems: readonly string[];
  /** How many signs have a plain one in their place. */
  readonly plainSigns: number;
}

export interface TemplateFormOptions {
  readonly placeholders: readonly string[];
  readonly origin: TemplateFormOrigin;
  readonly initial?: TemplateInput;
  /** By language. */
  readonly notes?: Readonly<Record<string, TextNotes>>;
  readonly pricePerSegment?: number;
  /** Of patients, the most frequent first. */
  readonly languages?: readonly { readonly language: string; readonly patients: number }[];
}

const NAME = 'template_name';
const REPLIES = 'template_replies';

/** To write a new template, or a new version of one. */
export const templateForm = (options: TemplateFormOptions): ModalView => {
  const { origin, initial } = options;
  const texts = { default: '', es: '', ...initial?.texts };
  const shown = ['default', 'es', ...Object.keys(texts).filter((code) => code !== 'default' && code !== 'es')];
  return {
    type: 'modal',
    callback_id: VIEWS.template,
    private_metadata: JSON.stringify(origin),
    title: plain(origin.templateId === undefined ? 'New template' : 'Edit template', 24),
    submit: plain('Save', 24),
    close: plain('Cancel', 24),
    blocks: [
      input({
        block: NAME,
        label: 'Name',
        element: { type: 'plain_text_input', max_length: 60, ...prefilled(initial?.name, 60) },
      }),
      ...shown.flatMap((code) => textBlocks(code, options)),
      ...addLanguage(shown, options),
      input({
        block: REPLIES,
        label: 'Expected replies',
        hint:
          'For example YES, NO. Or one a line, with more words that mean it, and an answer that is sent by itself: ' +
          'YES: yes, sí, count me in | Thank you! | es: ¡Gracias! Every other reply is flagged for staff.',
        optional: true,
        element: {
          type: 'plain_text_input',
          multiline: true,
          placeholder: plain('YES, NO', 150),
          ...prefilled(initial?.expectedReplies),
        },
      }),
    ],
  };
};

const textBlocks = (code: string, options: TemplateFormOptions): KnownBlock[] => {
  const { origin, initial, placeholders, notes, pricePerSegment = 0 } = options;
  const field: InputBlock = {
    ...input({
      block: textBlock(code, origin.round ?? 0),
      label: textTitle(code),
      action: ACTIONS.templateTyped,
      optional: code !== 'default',
      hint: code === 'default' ? hintOf(placeholders) : hintOfOther(code),
      element: {
        type: 'plain_text_input',
        multiline: true,
        dispatch_action_config: { trigger_actions_on: ['on_character_entered'] },
        ...prefilled(initial?.texts[code]),
      },
    }),
    dispatch_action: true,
  };
  const said = notes?.[code];
  return [field, ...(said ? notesBlocks(code, said, pricePerSegment) : [])];
};

const MOST_HINTS = 7;

const notesBlocks = (code: string, notes: TextNotes, price: number): KnownBlock[] => {
  const { estimate, hints, problems, plainSigns } = notes;
  const lines = [
    ...problems.map((problem) => `⚠️ ${name(problem, 400)}`),
    ...(estimate === null ? [] : [`📏 ${estimateLine(estimate, price)}`]),
    ...hints.slice(0, MOST_HINTS).map(({ sentence }) => `💡 ${name(sentence, 300)}`),
  ];
  return [
    ...(lines.length === 0 ? [] : [context(lines.join('\n'))]),
    ...actions(
      plainSigns > 0 &&
        button({
          label: `Replace ${plainSigns === 1 ? 'the sign' : `${count(plainSigns)} signs`} by plain ones`,
          action: ACTIONS.templatePlain,
          value: code,
        }),
    ),
  ];
};

/** Languages that clinics of the United States write most, after those of the clinic's own patients. */
const COMMON = [
  'zh',
  'vi',
  'tl',
  'ko',
  'ar',
  'fr',
  'ht',
  'ru',
  'pt',
  'so',
  'hi',
  'pl',
  'uk',
  'fa',
  'am',
  'ne',
  'my',
  'sw',
];
const MORE = [
  'ja',
  'de',
  'it',
  'bn',
  'ur',
  'pa',
  'gu',
  'te',
  'ta',
  'km',
  'lo',
  'th',
  'hmn',
  'hy',
  'he',
  'el',
  'yue',
  'en',
];
const MOST_LANGUAGES = 12;

const addLanguage = (shown: readonly string[], { languages = [] }: TemplateFormOptions): KnownBlock[] => {
  if (shown.length >= MOST_LANGUAGES) return [];
  const spoken = new Map(languages.map(({ language: code, patients }) => [code, patients]));
  const offered = [...new Set([...spoken.keys(), ...COMMON, ...MORE])].filter((code) => !shown.includes(code));
  return [
    {
      type: 'section',
      // A new id for each: the menu is empty again after a choice.
      block_id: `template_add_language_${shown.length}`,
      text: { type: 'mrkdwn', text: 'Another language? Patients get the text of theirs, or else the first one.' },
      accessory: {
        type: 'static_select',
        action_id: ACTIONS.templateAddLanguage,
        placeholder: plain('Add a language', 150),
        options: offered.slice(0, 100).map((code) => {
          const patients = spoken.get(code);
          const size = patients === undefined ? '' : ` (${count(patients)})`;
          return option(`${plainName(language(code), 60)}${size}`, code);
        }),
      },
    },
  ];
};

const MOST_PLACEHOLDERS = 40;

const hintOf = (placeholders: readonly string[]): string => {
  if (placeholders.length === 0) return 'What patients get.';
  const shown = placeholders.slice(0, MOST_PLACEHOLDERS).map((one) => `{{ ${one} }}`);
  const more = placeholders.length > shown.length ? ' …' : '';
  return `You can use ${shown.join(', ')}${more}. Where one may be empty: {{ first_name | default: "there" }}`;
};

const hintOfOther = (code: string): string =>
  `For patients whose language is ${language(code)}. Without it they get the text above.`;

/** Cut at Slack's limit: more was never typed into this form. */
const prefilled = (text: string | undefined, limit = 3000): { initial_value?: string } =>
  text === undefined || text === '' ? {} : { initial_value: text.slice(0, limit) };

export const readTemplateForm = (values: ViewValues): TemplateInput => ({
  name: typedIn(values, NAME),
  texts: Object.fromEntries(
    fieldsOf(values).map(({ language: code, block }) => [code, typedIn(values, block, ACTIONS.templateTyped)]),
  ),
  expectedReplies: typedIn(values, REPLIES),
});

export interface TemplateFormErrors {
  readonly name?: string;
  readonly texts?: Readonly<Record<string, string>>;
  readonly expectedReplies?: string;
}

/** What is wrong, placed under its field. */
export const templateFormErrors = (errors: TemplateFormErrors, values: ViewValues): Record<string, string> => ({
  ...(errors.name !== undefined && { [NAME]: errors.name }),
  ...Object.fromEntries(
    fieldsOf(values).flatMap(({ language: code, block }) => {
      const error = errors.texts?.[code];
      return error === undefined ? [] : [[block, error]];
    }),
  ),
  ...(errors.expectedReplies !== undefined && { [REPLIES]: errors.expectedReplies }),
});
