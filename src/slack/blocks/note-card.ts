import type { KnownBlock } from '@slack/types';
import type { NoteCard } from '../../domain/cards/card';
import { section } from './elements';
import { escapeAllButIds } from './words';

/** A sentence of the app's in a thread. It may mention staff and channels, and it may hold words of theirs or of a file. */
export const noteBlocks = ({ text }: NoteCard): KnownBlock[] => [section(escapeAllButIds(text))];
