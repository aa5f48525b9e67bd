/** What the sandbox's Slack keeps: plain records, in memory. */
import type { ViewValues } from '../contract';

export type Json = Record<string, unknown>;

export interface User {
  readonly id: string;
  readonly name: string;
  readonly realName: string;
  readonly role: string;
  readonly isBot: boolean;
}

export interface Channel {
  readonly id: string;
  readonly name: string;
  /** Set for a DM between the app and this user. */
  readonly imUser?: string;
  readonly members: Set<string>;
  archived: boolean;
}

export interface Usergroup {
  readonly id: string;
  readonly handle: string;
  readonly name: string;
  users: string[];
}

export interface Reaction {
  readonly name: string;
  readonly users: string[];
}

export interface Message {
  readonly channel: string;
  readonly ts: string;
  readonly threadTs?: string;
  readonly broadcast: boolean;
  readonly user: string;
  /** Written by the app (posts of the app carry bot_id, app_id and a bot profile). */
  readonly byApp: boolean;
  text: string;
  blocks: Json[];
  attachments: Json[];
  readonly fileIds: readonly string[];
  readonly reactions: Reaction[];
  metadata?: Json;
  readonly ephemeralFor?: string;
  readonly clientMsgId?: string;
  edited?: { readonly user: string; readonly ts: string };
  deleted: boolean;
  /** What each person has chosen in its selects, boxes and inputs. */
  choices?: Map<string, ViewValues>;
}

export interface StoredFile {
  readonly id: string;
  readonly name: string;
  title: string;
  readonly mimetype: string;
  readonly user: string;
  readonly created: number;
  readonly size: number;
  /** Undefined until the bytes have arrived at the upload address. */
  bytes?: Buffer;
  /** The app sees a file once it was shared where the app is, or submitted in one of its modals, or is its own. */
  visibleToApp: boolean;
  deleted: boolean;
  readonly shares: { readonly channel: string; readonly ts: string; readonly threadTs?: string }[];
}

export interface View {
  readonly id: string;
  readonly user: string;
  readonly type: 'modal' | 'home';
  readonly rootViewId: string;
  readonly previousViewId?: string;
  hash: string;
  /** As the app sent it, with Slack's own block and action ids put in where the app gave none. */
  view: Json;
  /** What the inputs hold now: complete, as Slack sends it with every payload. */
  state: ViewValues;
}

export interface World {
  readonly team: { readonly id: string; readonly name: string; readonly domain: string };
  readonly app: { readonly id: string; readonly name: string; readonly botId: string; readonly botUserId: string };
  readonly users: Map<string, User>;
  readonly channels: Map<string, Channel>;
  readonly usergroups: Map<string, Usergroup>;
  /** In the order in which they were posted; deleted ones stay, marked. */
  readonly messages: Message[];
  /** By `messageKey`. */
  readonly messagesByTs: Map<string, Message>;
  /** Replies, oldest first, by the `messageKey` of their thread's head. */
  readonly repliesByThread: Map<string, Message[]>;
  readonly files: Map<string, StoredFile>;
  /** By user: the stack of open modals, the topmost last. */
  readonly modals: Map<string, View[]>;
  readonly homes: Map<string, View>;
}

export const messageKey = (channel: string, ts: string): string => `${channel} ${ts}`;
