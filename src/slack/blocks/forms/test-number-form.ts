import type { ModalView } from '@slack/types';
import { VIEWS } from '../action-ids';
import { plain } from '../elements';
import { input } from './inputs';
import { typedIn } from './view-values';
import type { ViewValues } from './view-values';

const NUMBER = 'test_number';

/** Asked once. `versionId`: what is texted as soon as the number is known; none when only the number changes. */
export const testNumberForm = ({ versionId }: { readonly versionId?: number }): ModalView => ({
  type: 'modal',
  callback_id: VIEWS.testNumber,
  private_metadata: JSON.stringify({ versionId }),
  title: plain('Your number for tests', 24),
  submit: plain(versionId === undefined ? 'Save' : 'Send me a test', 24),
  close: plain('Cancel', 24),
  blocks: [
    input({
      block: NUMBER,
      label: 'Your mobile number',
      hint: 'The one in your staff profile. It is remembered; your next tests go to it without asking.',
      element: { type: 'plain_text_input', max_length: 40, placeholder: plain('617-555-2001', 150) },
    }),
  ],
});

export const readTestNumberForm = (values: ViewValues): string => typedIn(values, NUMBER);

export const testNumberError = (error: string): Record<string, string> => ({ [NUMBER]: error });
