import type { GroupRow } from './card';

/** The list of groups, a page of it. */
export interface GroupsPage {
  readonly rows: readonly GroupRow[];
  /** On all pages. */
  readonly all: number;
  readonly page: number;
  readonly pages: number;
  /** Only groups with these in their names; empty = all. */
  readonly words: string;
  /** Whether who looks may change groups. */
  readonly mayChange: boolean;
}

export type GroupRemoval = 'empty' | 'delete' | 'merge';

/** What a person is asked before patients leave a group. */
export interface GroupQuestion {
  readonly what: GroupRemoval;
  readonly group: GroupRow;
  /** Where its patients go. */
  readonly into: GroupRow | null;
  /** Sends that are not over and name the group: they keep their patients. */
  readonly sends: readonly number[];
  /** The channel that its replies go to by a route. */
  readonly channel: string | null;
  /** More or fewer are in it than when it was last asked. */
  readonly hasChanged: boolean;
}

/** What became of it. */
export interface GroupOutcome {
  readonly what: GroupRemoval | 'create' | 'rename';
  readonly name: string;
  /** The other name of two: the old one, or that of the group which it was merged into. */
  readonly other: string | null;
  /** How many were moved or taken out, or are in it. */
  readonly patients: number;
  /** It was so already. */
  readonly already: boolean;
}
