import type { ModalView } from '@slack/types';
import { VIEWS } from '../action-ids';
import { context, plain } from '../elements';
import { name } from '../words';
import { input } from './inputs';
import { typedIn, type ViewValues } from './view-values';

const BLOCK = 'first_text';

/** The first text of a conversation that staff begin. */
export const firstTextForm = (about: {
  readonly conversationId: number;
  readonly who: string;
  readonly channel: string;
  /** Set when the texting window is closed: when it opens, on the patient's clock. */
  readonly opens: string | null;
}): ModalView => ({
  type: 'modal',
  callback_id: VIEWS.firstText,
  private_metadata: String(about.conversationId),
  title: plain('Text a patient', 24),
  submit: plain('Send', 24),
  close: plain('Not now', 24),
  blocks: [
    context(`To *${name(about.who)}*. Their thread is open in <#${about.channel}>: you can write there as well.`),
    ...(about.opens === null
      ? []
      : [context(`⏳ Texting is closed where they live. Your text waits until ${about.opens}.`)]),
    input({
      block: BLOCK,
      label: 'Text',
      hint: 'As you type it. 160 plain characters are one segment; 10 segments are the most.',
      element: { type: 'plain_text_input', multiline: true, max_length: 3000, focus_on_load: true },
    }),
  ],
});

export const readFirstTextForm = (values: ViewValues): string => typedIn(values, BLOCK);

export const firstTextFormError = (message: string): Record<string, string> => ({ [BLOCK]: message });
