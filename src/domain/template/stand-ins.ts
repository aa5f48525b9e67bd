import { placeholdersOf, type PlaceholderValues } from '../template';

/**
 * Values for a text that nobody but staff reads: what is empty and has no default is named in square brackets (`[visit]`),
 * so that the rest can be seen. Never for patients: they are left out instead.
 *
 * @throws AppError TEMPLATE_UNREADABLE
 */
export const withStandIns = (text: string, values: PlaceholderValues): PlaceholderValues => {
  const isEmpty = (name: string): boolean => {
    const value = Object.hasOwn(values, name) ? values[name] : undefined;
    return value === undefined || value.trim() === '';
  };
  const lacking = placeholdersOf(text).filter(({ name, hasDefault }) => !hasDefault && isEmpty(name));
  return { ...values, ...Object.fromEntries(lacking.map(({ name }) => [name, `[${name}]`])) };
};
