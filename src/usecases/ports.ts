import type { Readable } from 'node:stream';
import type { Card } from '../domain/cards/card';
import type { LibraryEntry } from '../domain/cards/template-cards';
import type { Finding } from '../domain/checkup';
import type { ConversationSettings } from '../domain/conversation-settings';
import type { ResolvedRoles } from '../domain/permissions';
import type { StoredRules, TextingRules } from '../domain/texting-rules';
import type { TimeZone } from '../domain/time-zone';
import type { Log } from '../log';
import type { Store } from '../store/store';
import type { FrontDoor } from './front-door';
import type { StaffMessage, ThreadsSince } from './staff-message';
import type { MediaOutcome, PatientPicture, SentMedia } from './media';
import type { ImportEngine } from './patients/engine/engine';
import type { PostId } from './posts/post-id';

/** What time it is. Passed in everywhere, so that rules are tested without waiting. */
export interface Clock {
  now(): Date;
}

/** What became of one call to Twilio. Only `accepted` and `refused` are certain. */
export type SendOutcome =
  | { readonly kind: 'accepted'; readonly sid: string; readonly status: string; readonly errorCode: number | null }
  /** Twilio answered that it did not take the message. */
  | { readonly kind: 'refused'; readonly code: number }
  /** It never reached Twilio (connection refused), or Twilio was too busy to look at it (429): nothing happened. */
  | { readonly kind: 'not_sent'; readonly retryAfterMs: number; readonly code: number | null }
  /** A time-out, a reset, a 5xx: Twilio may have it or not. */
  | { readonly kind: 'unknown' };

export interface SmsRequest {
  readonly to: string;
  readonly text: string;
  readonly attemptId: string;
  /** Seconds after which Twilio drops what it still queues. */
  readonly validityPeriod: number;
  /** Files in Slack, as `<id>.<jpg, png or gif>`. */
  readonly pictures?: readonly string[];
}

/** A message as Twilio's list shows it. */
export interface SmsRecord {
  readonly sid: string;
  readonly direction: 'inbound' | 'outbound';
  readonly from: string;
  readonly to: string;
  readonly text: string;
  readonly status: string;
  readonly errorCode: number | null;
  readonly createdAt: Date;
  readonly mediaCount: number;
}

export interface SmsFilter {
  readonly to?: string;
  readonly since?: Date;
  readonly before?: Date;
  readonly limit: number;
}

export interface SmsGateway {
  send(request: SmsRequest): Promise<SendOutcome>;
  /** Null when Twilio has no such message. */
  fetch(sid: string): Promise<SmsRecord | null>;
  /**
   * Asks Twilio not to send what it has not sent yet. Throws when Twilio does not answer.
   * @returns the message's status afterwards; null when it is too late, or Twilio does not know it
   */
  cancel(sid: string): Promise<string | null>;
  /** Newest first, at most `limit`; `since` and `before` are of when they left Twilio. Throws when Twilio does not answer. */
  list(filter: SmsFilter): Promise<SmsRecord[]>;
  /** Outbound messages made since then to those who are `wanted`, whatever their number; also what is not sent yet. */
  listOutbound(since: Date, wanted: (to: string) => boolean): Promise<SmsRecord[]>;
  /** Twilio forgets what was written in it, and its media. What Twilio does not have any more is as good. */
  redact(sid: string): Promise<void>;
  /** Inbound messages to our number since then. */
  listInbound(since: Date): Promise<SmsRecord[]>;
  /** What a patient attached. */
  fetchMedia(media: SentMedia): Promise<MediaOutcome>;
  /** Whether the credentials work; for health and doctor. */
  check(): Promise<void>;
}

/** Where a card stands in Slack. */
export interface Place {
  readonly channel: string;
  readonly threadTs?: string | undefined;
  /** A reply that is shown in the channel as well. */
  readonly broadcast?: boolean;
}

/** Slack refused or did not answer. `unknown`: the post may be there or not. */
export type PostOutcome =
  | { readonly kind: 'posted'; readonly channel: string; readonly ts: string }
  | { readonly kind: 'busy'; readonly retryAfterMs: number }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'refused'; readonly error: string };

/** The clinic's staff, as the app talks to them. Implemented over Slack. */
export interface StaffRoom {
  post(place: Place, card: Card, id: PostId): Promise<PostOutcome>;
  update(place: Place & { readonly ts: string }, card: Card): Promise<PostOutcome>;
  /** A post whose outcome is unknown: its ts if it stands in the channel after all. Throws when Slack does not answer. */
  find(place: Place, id: PostId, since: Date): Promise<string | null>;
  /** Makes `mark` the app's only mark on a message. */
  mark(place: { readonly channel: string; readonly ts: string }, mark: Mark): Promise<PostOutcome>;
  /** For one person's eyes. Best effort: Slack does not keep it. */
  whisper(place: Place & { readonly user: string }, text: string): Promise<void>;
  /** Messages that people wrote in a thread after `after` (a ts), oldest first; null = there is no such thread. Throws when Slack does not answer. */
  threadMessages(place: { channel: string; threadTs: string }, after: string): Promise<StaffMessage[] | null>;
  /** The ts of threads in which people wrote; null = there is no such channel. Throws when Slack does not answer. */
  threadsOfStaff(channel: string, since: ThreadsSince): Promise<readonly string[] | null>;
  /** The people whose ✅ and ❌ stand on a message now; null = the app cannot look into its channel. Throws when Slack does not answer. */
  reactions(place: { readonly channel: string; readonly ts: string }): Promise<StandingReaction[] | 'deleted' | null>;
  /** A file for one person only, in their DM with the app. */
  giveFile(
    user: string,
    file: { readonly name: string; readonly content: Buffer; readonly comment: string },
  ): Promise<void>;
  /** Rows of a patient file that could not be used, as a file to mend; there are `all` of them. `id` finds it again. */
  postRejected(
    place: Place,
    file: { readonly of: string; readonly rows: number; readonly all: number; readonly content: Buffer },
    id: string,
  ): Promise<PostOutcome>;
  /** A patient's picture, as a file. `id` finds it again. */
  postPicture(place: Place, picture: PatientPicture, id: string): Promise<PostOutcome>;
  /** A file whose outcome is unknown: its id if it stands there after all. Throws when Slack does not answer. */
  findFile(place: Place, id: string, since: Date): Promise<string | null>;
  /** Null when Slack does not say. */
  permalink(place: { readonly channel: string; readonly ts: string }): Promise<string | null>;
  /** What a member of the staff is called; null when Slack does not say. */
  nameOf(user: string): Promise<string | null>;
  /** The DM between the app and a person. */
  directChannel(user: string): Promise<string>;
  /** Takes a full name and number off a person's screen. `gone`: they have closed it. Throws when Slack does not answer. */
  hideRevealed(viewId: string): Promise<'hidden' | 'gone'>;
  /** @throws AppError FILE_UNREACHABLE */
  openFile(file: SlackFileRef): Promise<SlackFile>;
  /** Whether the token works; for health and doctor. */
  check(): Promise<void>;
}

export interface StandingReaction {
  readonly user: string;
  readonly kind: 'approve' | 'reject';
}

export interface SlackFileRef {
  readonly fileId: string;
}

export interface SlackFile {
  readonly name: string;
  /** In bytes; null when Slack does not say. */
  readonly size: number | null;
  /** Where people see it in Slack; null when Slack does not say. */
  readonly permalink: string | null;
  readonly bytes: Readable;
}

/** ⏳ ✅ ⚠️ 📝 */
export type Mark = 'waiting' | 'done' | 'failed' | 'note';

export interface StaffDirectory {
  /** Everybody's roles now. User groups are asked again after a few seconds. */
  roles(): Promise<ResolvedRoles>;
}

/** The texting hours of this moment: admins change them while we run. */
export interface TextingHoursSource {
  /** The same object until they change. */
  readonly current: () => TextingRules;
  readonly asStored: () => StoredRules;
  /** Reads again what another process may have changed. */
  refresh(): Promise<void>;
}

/** How conversations are held at this moment: admins change it while we run. */
export interface ConversationSettingsSource {
  readonly current: () => ConversationSettings;
  refresh(): Promise<void>;
}

/** The clinic's settings that rules need. */
export interface Clinic {
  readonly name: string;
  readonly phone: string | undefined;
  readonly timeZone: TimeZone;
  readonly country: string;
  readonly textingHours: TextingHoursSource;
  readonly conversations: ConversationSettingsSource;
  readonly approvalThreshold: number;
  readonly largeSendThreshold: number;
  /** A template's version is sent only after a reviewer has approved it. */
  readonly templateReview: boolean;
  /** Starter templates, ours and the clinic's own, as their files are now. */
  readonly starterLibrary: () => Promise<StarterLibrary>;
  /** Segments a second; 0 = unlimited. */
  readonly rate: number;
  readonly pricePerSegment: number;
  /** Whether full names and numbers may be shown to anybody at all (`REVEAL`). */
  readonly mayReveal: boolean;
  /** Twilio can fetch pictures from us: there is a public address. */
  readonly sendsPictures: boolean;
  readonly channels: { readonly replies: string; readonly approvals: string; readonly imports: string | undefined };
}

export interface StarterLibrary {
  readonly entries: readonly LibraryEntry[];
  /** Names of files that could not be read. */
  readonly unreadable: readonly string[];
}

/** Wakes the work that otherwise waits for its next tick. */
export interface Wake {
  dispatch(): void;
  inbound(): void;
  posts(): void;
  freeze(): void;
  /** Staff may have written where nobody listened. */
  threads(): void;
}

export interface Ports {
  readonly store: Store;
  readonly imports: ImportEngine;
  readonly sms: SmsGateway;
  readonly room: StaffRoom;
  readonly directory: StaffDirectory;
  readonly clock: Clock;
  readonly clinic: Clinic;
  readonly wake: Wake;
  readonly door: FrontDoor;
  /** Looks at everything that the installation rests on. */
  readonly examine: () => Promise<Finding[]>;
  readonly log: Log;
}
