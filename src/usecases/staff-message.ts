import type { StaffFile } from './media';

/** A message that a person wrote in a thread. */
export interface StaffMessage {
  readonly channel: string;
  readonly ts: string;
  readonly threadTs: string;
  readonly user: string;
  readonly text: string;
  readonly files: readonly StaffFile[];
  /** It was posted to the whole channel as well. */
  readonly isBroadcast: boolean;
  /** Slack's ts of its last edit; not there when it stands as it was posted, or when nobody has looked. */
  readonly editedAt?: string;
}

/** Threads that began since the one, and in which something is new since the other. */
export interface ThreadsSince {
  readonly heads: Date;
  readonly news: Date;
}
