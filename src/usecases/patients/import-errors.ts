import { AppError } from '../../domain/errors';

const IN_WORDS: Readonly<Record<string, string>> = {
  READING: 'is being read',
  NEEDS_COLUMNS: 'waits for its columns to be chosen',
  READY: 'waits for Confirm',
  APPLYING: 'is being saved',
  APPLIED: 'is applied already',
  UNDOING: 'is being undone',
  CANCELED: 'is canceled already',
  UNDONE: 'is undone already',
  REFUSED: 'could not be read',
};

export const alreadyDecided = (importId: number, state: string): AppError =>
  new AppError('IMPORT_DECIDED', {
    message: `import ${importId} is ${state}`,
    userMessage: `This import ${IN_WORDS[state] ?? 'is decided already'}. Its card shows what happened.`,
  });
