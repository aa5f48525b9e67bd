import type { KnownBlock, ModalView } from '@slack/types';
import type { TemplatePreview } from '../../../domain/cards/template-cards';
import { VIEWS } from '../action-ids';
import { context, plain, quote, section } from '../elements';
import { textTitle } from '../template-words';
import { language, name, plural } from '../words';
import { input } from './inputs';
import { typedIn } from './view-values';
import type { ViewValues } from './view-values';

const WHO = 'preview_patient';

/** A template as one real patient would get it, in each language; another patient can be chosen. */
export const previewForm = (preview: TemplatePreview): ModalView => ({
  type: 'modal',
  callback_id: VIEWS.templatePreview,
  private_metadata: JSON.stringify({ versionId: preview.versionId }),
  title: plain('Preview', 24),
  submit: plain('Show', 24),
  close: plain('Close', 24),
  blocks: [
    input({
      block: WHO,
      label: 'For which patient?',
      hint: 'Patient id, mobile number or name.',
      optional: true,
      element: { type: 'plain_text_input', max_length: 80 },
    }),
    ...(preview.patient === null
      ? [section('There are no patients yet. Bring them in with `/outreach import`.')]
      : told(preview)),
  ],
});

const told = ({ name: title, version, patient, texts }: TemplatePreview): KnownBlock[] => [
  section(
    `“${name(title)}”, version ${version}, for *${name(patient?.who ?? '')}*  ·  ${name(patient?.phone ?? '')}  ·  ` +
      (patient?.language == null ? 'no language known' : language(patient.language)),
  ),
  ...texts.flatMap(({ language: code, text, segments, missing }): KnownBlock[] => {
    const own = code === patient?.gets ? '  ·  👈 they get this one' : '';
    const heading = section(`*${textTitle(code)}*${own}${text === null ? '' : `  ·  ${plural(segments, 'segment')}`}`);
    return text === null
      ? [heading, context(`⚠️ They would be left out: no ${name(missing.join(', '))}.`)]
      : [heading, quote(text)];
  }),
];

export const readPreviewForm = (values: ViewValues): string => typedIn(values, WHO);

export const previewError = (error: string): Record<string, string> => ({ [WHO]: error });
