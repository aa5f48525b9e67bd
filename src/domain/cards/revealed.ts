/** Full names and a full number, for one person's eyes and a few minutes. */
export interface Revealed {
  /** Everybody who has the number; empty when we know nobody. */
  readonly people: readonly { readonly name: string; readonly externalId: string }[];
  /** E.164. */
  readonly phone: string;
  readonly until: Date;
}
