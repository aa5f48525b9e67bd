/** By what a post is found again. It stands in its metadata, which any app in the channel can read. */
export interface PostId {
  readonly key: string;
  /** What it follows from, where our own ids are not to be trusted: see origin.ts. */
  readonly origin?: string | undefined;
}
