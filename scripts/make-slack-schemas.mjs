/**
 * Makes src/sandbox/slack/schemas/*.json from the types of @slack/types and @slack/web-api:
 *   node scripts/make-slack-schemas.mjs
 * Run it after an upgrade of either, and look at the difference. Nothing is made at run time.
 *
 * The types' doc comments name many of Slack's limits ("Maximum length of 3000 characters"); these become maxLength
 * and maxItems. The rest of the limits stand in src/sandbox/slack/check.
 */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createGenerator } from 'ts-json-schema-generator';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const target = join(root, 'src/sandbox/slack/schemas');

const SURFACES = ['KnownBlock', 'ModalView', 'HomeView', 'MessageAttachment'];
const ARGUMENTS = [
  'BotsInfoArguments',
  'ChatDeleteArguments',
  'ChatGetPermalinkArguments',
  'ChatPostEphemeralArguments',
  'ChatPostMessageArguments',
  'ChatUpdateArguments',
  'ConversationsHistoryArguments',
  'ConversationsInfoArguments',
  'ConversationsJoinArguments',
  'ConversationsListArguments',
  'ConversationsMembersArguments',
  'ConversationsOpenArguments',
  'ConversationsRepliesArguments',
  'FilesCompleteUploadExternalArguments',
  'FilesDeleteArguments',
  'FilesGetUploadURLExternalArguments',
  'FilesInfoArguments',
  'ReactionsAddArguments',
  'ReactionsGetArguments',
  'ReactionsRemoveArguments',
  'TeamInfoArguments',
  'UsergroupsListArguments',
  'UsergroupsUsersListArguments',
  'UsersInfoArguments',
  'UsersListArguments',
  'ViewsOpenArguments',
  'ViewsPublishArguments',
  'ViewsPushArguments',
  'ViewsUpdateArguments',
];

/** Checked by themselves, with better explanations than a union of argument types gives. */
const CHECKED_APART = ['blocks', 'attachments', 'metadata', 'view'];

const versionOf = (name) => JSON.parse(readFileSync(join(root, 'node_modules', name, 'package.json'), 'utf8')).version;

const generate = (from, names) => {
  const entry = join(root, 'scripts/slack-types.tmp.ts');
  const aliases = names.map((name) => `export type Slack_${name} = ${name};`);
  writeFileSync(entry, [`import type { ${names.join(', ')} } from '${from}';`, ...aliases].join('\n'));
  try {
    const options = { path: entry, tsconfig: join(root, 'tsconfig.json'), skipTypeCheck: true, topRef: true };
    return createGenerator({ ...options, jsDoc: 'extended', encodeRefs: false }).createSchema('*');
  } finally {
    rmSync(entry);
  }
};

const number = (text) => Number(text.replace(',', ''));

/** What a doc comment says about the greatest length or number. */
const limitsIn = (description = '') => {
  const sentences = description.replace(/\s+/g, ' ').split(/\.(?= |$)/);
  const about = (pattern) => sentences.map((sentence) => pattern.exec(sentence)?.[1]).find(Boolean);
  return {
    eachText: about(/max\w* length for the text in each item is ([\d,]+) characters/i),
    characters: about(/max\w* length (?:for (?:the text in )?this field )?(?:is|of) ([\d,]+)(?: characters)?/i),
    items:
      about(/max\w* number of (?:items|options|option groups|actions|elements)[^\d]*? (?:is|of) (\d+)/i) ??
      about(/max\w* (?:of )?(\d+) (?:elements|blocks|items|options|cards|sources|actions)/i),
  };
};

let limitsFound = 0;

const cut = (name, value) => {
  limitsFound += 1;
  return { [name]: number(value) };
};

/** Puts limits where they belong: on a string, on an array, or on the `text` of a text object. */
const limited = (schema) => {
  const { eachText, characters, items } = limitsIn(schema.description);
  const { description: _description, ...rest } = schema;
  if (schema.type === 'array') {
    const inner = eachText && { items: { allOf: [rest.items, { properties: { text: cut('maxLength', eachText) } }] } };
    return { ...rest, ...(items && cut('maxItems', items)), ...inner };
  }
  if (!characters) return rest;
  if (schema.type === 'string') return { ...rest, ...cut('maxLength', characters) };
  const isText = /(PlainText|Mrkdwn|Text)(Element|Object)$/.test(schema.$ref ?? '');
  return isText ? { allOf: [rest, { properties: { text: cut('maxLength', characters) } }] } : rest;
};

const nameIn = (ref) => ref?.replace('#/definitions/', '');

/** The `type` by which a definition is told from its siblings. */
const tagOf = (definitions, schema) => {
  const definition = schema.$ref ? definitions[nameIn(schema.$ref)] : schema;
  return definition?.properties?.type?.const;
};

/** All members of a union, also those of unions within it. */
const flatten = (definitions, members) =>
  members.flatMap((member) => {
    const definition = member.$ref && definitions[nameIn(member.$ref)];
    return definition?.anyOf && !tagOf(definitions, member) ? flatten(definitions, definition.anyOf) : [member];
  });

/** A union whose members differ by `type` becomes a discriminated one: an error then speaks of the type that was meant. */
const discriminated = (definitions, members) => {
  const flat = flatten(definitions, members).filter((member) => nameIn(member.$ref) !== 'Block');
  const byTag = new Map();
  for (const member of flat) {
    const tag = tagOf(definitions, member);
    if (tag === undefined) return { anyOf: flat };
    byTag.set(tag, [...(byTag.get(tag) ?? []), member]);
  }
  const oneOf = [...byTag].map(([tag, same]) =>
    same.length === 1
      ? same[0]
      : { type: 'object', properties: { type: { const: tag } }, required: ['type'], anyOf: same },
  );
  if (oneOf.length === 1) return oneOf[0];
  return { type: 'object', discriminator: { propertyName: 'type' }, required: ['type'], oneOf };
};

const withoutDefaults = ({ default: _default, examples: _examples, title: _title, ...rest }) => rest;

const rewrite = (definitions, schema) => {
  if (Array.isArray(schema)) return schema.map((one) => rewrite(definitions, one));
  if (typeof schema !== 'object' || schema === null) return schema;
  const { anyOf, ...rest } = withoutDefaults(limited(schema));
  const entries = Object.entries(rest).map(([key, value]) => [key, rewriteValue(definitions, key, value)]);
  if (anyOf === undefined) return Object.fromEntries(entries);
  return { ...Object.fromEntries(entries), ...rewriteUnion(definitions, anyOf) };
};

const rewriteValue = (definitions, key, value) => {
  if (key !== 'properties') return rewrite(definitions, value);
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, rewrite(definitions, one)]));
};

const rewriteUnion = (definitions, anyOf) => {
  const union = discriminated(definitions, anyOf);
  const members = union.oneOf ?? union.anyOf;
  if (members === undefined) return rewrite(definitions, union);
  const rewritten = members.map((member) => rewrite(definitions, member));
  return union.oneOf ? { ...union, oneOf: rewritten } : { anyOf: rewritten };
};

const rewriteAll = (definitions) =>
  Object.fromEntries(Object.entries(definitions).map(([name, schema]) => [name, rewrite(definitions, schema)]));

/** In arguments, anything goes where it is checked apart. */
const loosen = (schema) => {
  if (Array.isArray(schema)) return schema.map(loosen);
  if (typeof schema !== 'object' || schema === null) return schema;
  const properties = schema.properties && { ...schema.properties };
  for (const name of CHECKED_APART) if (properties?.[name]) properties[name] = {};
  const rest = Object.entries(schema).map(([key, value]) => [key, key === 'properties' ? properties : value]);
  return Object.fromEntries(rest.map(([key, value]) => [key, key === 'properties' ? mapValues(value) : loosen(value)]));
};

const mapValues = (record) => Object.fromEntries(Object.entries(record).map(([key, value]) => [key, loosen(value)]));

/** Only what the roots lead to. */
const reachable = (definitions, roots) => {
  const kept = {};
  const visit = (value) => {
    if (typeof value !== 'object' || value === null) return;
    const name = nameIn(typeof value.$ref === 'string' ? value.$ref : undefined);
    if (name && !(name in kept)) {
      kept[name] = definitions[name];
      visit(kept[name]);
    }
    Object.values(value).forEach(visit);
  };
  for (const rootName of roots) visit({ $ref: `#/definitions/${rootName}` });
  return kept;
};

const write = (name, { from, types, adjust = (definitions) => definitions }) => {
  const { definitions } = generate(from, types);
  const content = {
    $comment: `Made by scripts/make-slack-schemas.mjs from ${from} ${versionOf(from)}. Do not edit.`,
    definitions: reachable(adjust(rewriteAll(definitions)), types),
  };
  const text = `${JSON.stringify(content)}\n`;
  mkdirSync(target, { recursive: true });
  writeFileSync(join(target, `${name}.json`), text);
  const count = Object.keys(content.definitions).length;
  console.log(`${name}.json: ${Math.round(text.length / 1024)} KB, ${count} definitions, ${limitsFound} limits`);
};

write('surfaces', { from: '@slack/types', types: SURFACES });
write('arguments', { from: '@slack/web-api', types: ARGUMENTS, adjust: loosen });
