import { AppError } from './errors';

/** In characters as people count them, after spaces were put in order. */
export const MAX_TEMPLATE_NAME = 60;

/** A template's name as it is shown: one line, single spaces, nothing invisible. */
export const tidyTemplateName = (name: string): string =>
  name
    .normalize('NFKC')
    .replace(/\p{Cf}/gu, '')
    .replace(/[\s\p{C}]+/gu, ' ')
    .trim();

/**
 * What makes two names the same: "Second  Dose" and "second dose" are one template.
 *
 * @throws AppError TEMPLATE_NAME_EMPTY, TEMPLATE_NAME_TOO_LONG
 */
export const templateKey = (name: string): string => {
  const tidy = tidyTemplateName(name);
  const { length } = [...tidy];
  if (length === 0) {
    throw new AppError('TEMPLATE_NAME_EMPTY', {
      message: 'a template without a name',
      userMessage: 'The template has no name. Give it one, such as "Second dose".',
    });
  }
  if (length > MAX_TEMPLATE_NAME) {
    throw new AppError('TEMPLATE_NAME_TOO_LONG', {
      message: `a template name of ${length} characters`,
      userMessage: `${length} characters are too many for a name: ${MAX_TEMPLATE_NAME} at most. Shorten it.`,
    });
  }
  return tidy.toLowerCase().normalize('NFKC');
};
