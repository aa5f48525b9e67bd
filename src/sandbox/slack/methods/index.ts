/** Every method that the sandbox knows. To add one: write it in the file of its family, and put a line in its table. */
import type { MethodTable } from '../method';
import { chatMethods } from './chat';
import { conversationMethods } from './conversations';
import { fileMethods } from './files';
import { peopleMethods } from './people';
import { reactionMethods } from './reactions';
import { viewMethods } from './views';

export const METHODS: MethodTable = {
  ...chatMethods,
  ...conversationMethods,
  ...fileMethods,
  ...peopleMethods,
  ...reactionMethods,
  ...viewMethods,
};

export const ALL_SCOPES: readonly string[] = [
  ...new Set([
    ...Object.values(METHODS).flatMap(({ scope }) => scope ?? []),
    'commands',
    'channels:history',
    'groups:history',
    'groups:read',
    'im:history',
    'im:read',
    'app_mentions:read',
  ]),
].sort();
