import { AppError } from './errors';
import { cleanText } from './patient-file/text';

/** What a person gives as the reason of something that goes on the record, in characters. */
export const LONGEST_REASON = 200;

/** One clean line. @throws AppError REASON_MISSING when there are no words in it */
export const readReason = (typed: string): string => {
  const reason = cleanText(typed).slice(0, LONGEST_REASON);
  if (/[\p{L}\p{N}]/u.test(reason)) return reason;
  throw new AppError('REASON_MISSING', {
    message: 'a reason without words',
    userMessage: 'Write a few words: they go on the record.',
  });
};
