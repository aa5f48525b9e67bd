import type { ModalView } from '@slack/types';
import { VIEWS } from '../action-ids';
import { plain } from '../elements';
import { input } from './inputs';
import { filesIn } from './view-values';
import type { ViewValues } from './view-values';

const FILE = 'import_file';

/** `place`: where the form was opened; comes back with the submission. */
export const importForm = ({ place }: { readonly place: string }): ModalView => ({
  type: 'modal',
  callback_id: VIEWS.importFile,
  private_metadata: JSON.stringify({ place }),
  title: plain('Import patients', 24),
  submit: plain('Read', 24),
  close: plain('Cancel', 24),
  blocks: [
    input({
      block: FILE,
      label: 'File',
      hint: 'CSV or Excel (.xlsx), with a column for the mobile number. You see what would change before anything is saved.',
      element: { type: 'file_input', filetypes: ['csv', 'txt', 'tsv', 'xlsx'], max_files: 10 },
    }),
  ],
});

export const readImportForm = (values: ViewValues): { fileIds: string[]; names: string[] } => {
  const files = filesIn(values, FILE);
  return { fileIds: files.map(({ id }) => id), names: files.map(({ name }) => name) };
};

export const importFormErrors = (error: string): Record<string, string> => ({ [FILE]: error });
