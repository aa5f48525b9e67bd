import { maskPhone } from './phone-number';

/**
 * A patient's name where everybody in a channel may read it: first name and last initial ("Ana R."). Where the last name
 * is missing, the first may hold the whole name, as some files have it; its last word counts as the last name then.
 */
export const maskedName = (first: string | null | undefined, last: string | null | undefined): string => {
  const given = tidy(first);
  const family = tidy(last);
  if (family !== '') return withInitial(given || 'Patient', family);
  const words = given.split(' ');
  if (words.length < 2) return given || 'Patient';
  return withInitial(words.slice(0, -1).join(' '), words.at(-1) ?? '');
};

const LONGEST_GIVEN_NAME = 30;

const withInitial = (given: string, family: string): string => {
  const initial = /[\p{L}\p{N}]\p{M}*/u.exec(family.normalize('NFC'))?.[0];
  return initial === undefined ? given : `${given} ${initial.toUpperCase()}.`;
};

/** One line, without the signs that would do something in Slack. */
const tidy = (name: string | null | undefined): string => {
  const letters = [
    ...(name ?? '')
      .replace(/[\p{C}<>*_~`:&|@#]+/gu, ' ')
      .replace(/\s+/g, ' ')
      .trim(),
  ];
  return letters.slice(0, LONGEST_GIVEN_NAME).join('').trim();
};

/** A patient's id where everybody may read it. Without an id of its own a profile has its mobile number for one: masked. */
export const maskedId = (externalId: string, phone: string): string =>
  externalId === phone ? maskPhone(phone) : externalId;
