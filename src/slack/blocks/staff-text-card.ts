import type { KnownBlock } from '@slack/types';
import type { StaffTextCard } from '../../domain/cards/thread-cards';
import { context, quote, section } from './elements';
import { user, when } from './words';

const SIGN: Readonly<Record<StaffTextCard['mark'], string>> = { waiting: '⏳', done: '✅', failed: '⚠️' };

/** What staff texted from a form, with what became of it. */
export const staffTextBlocks = ({ text, writtenBy, at, mark }: StaffTextCard): KnownBlock[] => [
  section(`${SIGN[mark]} ${writtenBy === null ? 'We' : user(writtenBy)} texted:`),
  quote(text),
  context(when(at)),
];
