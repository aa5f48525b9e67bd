/** The schemas made from Slack's own types, compiled once, and their errors in Slack's words. */
import { Ajv } from 'ajv';
import type { ErrorObject, ValidateFunction } from 'ajv';
import argumentTypes from '../schemas/arguments.json';
import surfaces from '../schemas/surfaces.json';

/** What is sent as Block Kit is taken as it is; arguments of a form are all text, and read as the type that is wanted. */
const strict = new Ajv({ strict: false, discriminator: true, allErrors: true, inlineRefs: false });
const coercing = new Ajv({ strict: false, coerceTypes: true, allErrors: true, verbose: true });
strict.addSchema(surfaces, 'surfaces');
coercing.addSchema(argumentTypes, 'arguments');

const compiled = new Map<string, ValidateFunction>();

const once = (name: string, compile: () => ValidateFunction): ValidateFunction => {
  const known = compiled.get(name) ?? compile();
  compiled.set(name, known);
  return known;
};

export const surfaceValidator = (name: string): ValidateFunction =>
  once(name, () => strict.compile({ $ref: `surfaces#/definitions/${name}` }));

export const argumentValidator = (name: string): ValidateFunction =>
  once(name, () => coercing.compile({ $ref: `arguments#/definitions/${name}` }));

const MOST_USED = ['KnownBlock', 'ModalView', 'HomeView'];
const MOST_CALLED = ['ChatPostMessageArguments', 'ChatUpdateArguments', 'ViewsOpenArguments', 'ViewsUpdateArguments'];

/** Compiling takes tenths of a second: better before the first trigger id ages than while it does. */
export const prepareSchemas = (): void => {
  const tasks = [
    ...MOST_USED.map((name) => () => surfaceValidator(name)),
    ...MOST_CALLED.map((name) => () => argumentValidator(name)),
  ];
  const next = (): void => {
    const task = tasks.shift();
    if (task === undefined) return;
    task();
    setImmediate(next);
  };
  setImmediate(next);
};

const param = (error: ErrorObject, name: string): string => String((error.params as Record<string, unknown>)[name]);

export const wording = (error: ErrorObject): string => {
  switch (error.keyword) {
    case 'required':
      return `missing required field: ${param(error, 'missingProperty')}`;
    case 'additionalProperties':
      return `invalid additional property: ${param(error, 'additionalProperty')}`;
    case 'maxLength':
      return `must be less than ${Number(param(error, 'limit')) + 1} characters`;
    case 'maxItems':
      return `no more than ${param(error, 'limit')} items allowed`;
    case 'discriminator':
      return `unsupported type: ${param(error, 'tagValue')}`;
    case 'enum':
      return `must be one of ${(error.params as { allowedValues: unknown[] }).allowedValues.join(', ')}`;
    default:
      return error.message ?? error.keyword;
  }
};

export const explanation = (text: string, pointer: string): string => `[ERROR] ${text} [json-pointer:${pointer}]`;

/** The errors of a failed validation, without those that only say that some other type was not meant. */
export const explanations = (validator: ValidateFunction, pointer: string): string[] => {
  const errors = (validator.errors ?? []).filter(({ keyword }) => keyword !== 'anyOf' && keyword !== 'oneOf');
  const telling = errors.filter(({ keyword }) => keyword !== 'const');
  const kept = telling.length > 0 ? telling : errors;
  return [...new Set(kept.map((error) => explanation(wording(error), pointer + error.instancePath)))];
};
