import { diffWordsWithSpace } from 'diff';

/** What one version of a template says, in parts that have names: its texts by language, its expected replies. */
export type VersionParts = Readonly<Record<string, string>>;

export interface DiffPart {
  readonly kind: 'same' | 'added' | 'removed';
  readonly text: string;
}

export interface PartDiff {
  /** A language, or `replies`, or `name`. */
  readonly part: string;
  readonly diff: readonly DiffPart[];
}

/** What changed from one version to the next, word by word; parts that are the same are left out. */
export const changesBetween = (before: VersionParts, after: VersionParts): readonly PartDiff[] =>
  [...new Set([...Object.keys(before), ...Object.keys(after)])].flatMap((part) => {
    const [old = '', current = ''] = [before[part], after[part]];
    if (old === current) return [];
    const diff = diffWordsWithSpace(old, current).map(({ added, removed, value }): DiffPart => ({
      kind: added ? 'added' : removed ? 'removed' : 'same',
      text: value,
    }));
    return [{ part, diff }];
  });
