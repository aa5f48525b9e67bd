/** A call's arguments against their type in @slack/web-api. */
import type { ErrorObject, ValidateFunction } from 'ajv';
import { SlackError } from '../errors';
import type { Json } from '../model';
import { argumentValidator, explanation, wording } from './schemas';

/** Those that every alternative of a union complains of: an argument unknown to all, or needed by all. */
const essence = (validator: ValidateFunction): string[] => {
  const errors = validator.errors ?? [];
  const union = errors.find(({ keyword, instancePath }) => keyword === 'anyOf' && instancePath === '');
  const alternatives = Array.isArray(union?.schema) ? union.schema.length : 1;
  const times = (one: ErrorObject): number =>
    errors.filter((other) => wording(other) === wording(one) && other.instancePath === one.instancePath).length;
  const common = errors.filter((error) => error !== union && times(error) >= alternatives);
  const deeper = errors.filter(({ instancePath }) => instancePath !== '');
  const chosen = common.length > 0 ? common : deeper.length > 0 ? deeper : errors;
  return [...new Set(chosen.map((error) => explanation(wording(error), error.instancePath)))];
};

/** The arguments, with numbers and booleans read out of text. Throws invalid_arguments. */
export const checkArguments = (schema: string, args: Json): Json => {
  const validator = argumentValidator(schema);
  // Bolt adds the team's id to every call, and Slack lets it.
  const { team_id: _team, ...checked } = structuredClone(args);
  if (validator(checked)) return checked;
  throw new SlackError('invalid_arguments', essence(validator));
};
