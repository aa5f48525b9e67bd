import type { TemplateHistory } from '../../domain/cards/template-cards';
import { diffBlocks } from './diff';
import { context, header, section } from './elements';
import { message } from './message';
import type { Message } from './message';
import { REVIEW_IN_WORDS } from './template-words';
import { plainName, plural, user, when } from './words';

/** Blocks of a message are at most 50, and together hold at most so much: what is oldest is left out. */
const MOST_BLOCKS = 44;

export const historyBlocks = ({ name, entries, older }: TemplateHistory): Message => {
  const shown = entries.map(({ version, createdBy, at, changes, review }) => [
    section(
      [`*Version ${version}*`, user(createdBy), when(at), review === null ? '' : REVIEW_IN_WORDS[review]]
        .filter(Boolean)
        .join('  ·  '),
    ),
    ...(version > 1 && changes.length === 0 ? [context('No text changed.')] : diffBlocks(changes)),
  ]);
  const blocks = [];
  for (const entry of shown) {
    if (blocks.length + entry.length > MOST_BLOCKS) break;
    blocks.push(...entry);
  }
  return message([
    header(`“${plainName(name, 60)}”: ${plural(entries[0]?.version ?? 0, 'version')}`),
    ...blocks,
    ...(older > 0 ? [context(`and ${plural(older, 'older version')}`)] : []),
  ]);
};
