import type { ExpectedReply } from '../../domain/expected-replies';

interface StoredReply {
  readonly label: string;
  readonly words: string;
  readonly autoAnswer: string | null;
  readonly autoAnswers: string | null;
}

/** Expected replies as rules want them. */
export const expectedRepliesOf = (stored: readonly StoredReply[]): readonly ExpectedReply[] =>
  stored.map(({ label, words, autoAnswer, autoAnswers }) => ({
    label,
    words: JSON.parse(words) as string[],
    ...(autoAnswer !== null && { autoAnswer }),
    ...(autoAnswers !== null && { autoAnswers: JSON.parse(autoAnswers) as Record<string, string> }),
  }));
