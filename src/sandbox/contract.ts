/**
 * What the sandbox offers to those who drive it: the page, the tour and the story tests. All of it is JSON over HTTP.
 *
 * One server, one address. Under it:
 *   /slack/api/<method>          Slack's Web API (this is SLACK_API_URL, with the trailing slash)
 *   /slack/files/…               uploads and url_private downloads
 *   /slack/control/…             what a person does in Slack (this file)
 *   /twilio/2010-04-01/…         Twilio's REST API (TWILIO_API_URL is <address>/twilio)
 *   /twilio/control/…            what a patient does with a phone (this file)
 *   /clock, /clock/stream        the sandbox's clock
 *   /                            the page
 */

/** Slack's and Twilio's own names for the credentials that the sandbox accepts. */
export interface SandboxCredentials {
  readonly slackBotToken: string;
  readonly slackAppToken: string;
  readonly slackSigningSecret: string;
  readonly twilioAccountSid: string;
  readonly twilioAuthToken: string;
  readonly twilioFrom: string;
  /** Set: the number belongs to this Messaging Service, and the app sends by it. */
  readonly twilioMessagingServiceSid?: string;
}

/** `GET /clock`. `POST /clock` takes `{ now: ISO }` or `{ advanceMs }`; the clock only moves forward (409 otherwise). */
export interface ClockReading {
  readonly now: string;
  /** Milliseconds to add to this machine's clock. */
  readonly offsetMs: number;
}
// `GET /clock/stream` is server-sent events: a ClockReading at once, and another whenever somebody moves the clock.
// `POST /clock` answers only after every open stream was written to.

export type Fault =
  | { readonly kind: '429'; readonly retryAfterSeconds: number }
  | { readonly kind: '500' }
  /** The request is read and nothing is ever answered. */
  | { readonly kind: 'hang' }
  /** The request is carried out, and the connection is cut instead of answering. */
  | { readonly kind: 'drop_after' }
  /** The connection is cut before anything is carried out. */
  | { readonly kind: 'drop_before' };

/** `POST /slack/control/faults`, `POST /twilio/control/faults`. `DELETE` on the same address ends all faults. */
export interface FaultOrder {
  /** Slack: a method such as `chat.postMessage`, or `*`. Twilio: `messages.create`, `messages.list`, `messages.fetch`, or `*`. */
  readonly method: string;
  readonly fault: Fault;
  /** How many calls it befalls; afterwards all is well. */
  readonly times: number;
}

// ───────────────────────────── Slack: what a person does ─────────────────────────────

export interface SandboxUser {
  readonly id: string;
  readonly name: string;
  readonly realName: string;
  /** Shown in the page's switch: sender, reviewer, responder, admin; empty for the app's own bot user. */
  readonly role: string;
  readonly isBot: boolean;
}

export interface SandboxChannel {
  readonly id: string;
  readonly name: string;
  /** Set for a DM between the app and this user. */
  readonly imUser?: string;
  readonly members: readonly string[];
}

export interface SandboxFile {
  readonly id: string;
  readonly name: string;
  readonly mimetype: string;
  readonly size: number;
  /** Fetchable from the page without a token: `/slack/control/files/<id>`. */
  readonly controlUrl: string;
}

export interface SandboxMessage {
  readonly channel: string;
  readonly ts: string;
  readonly threadTs?: string;
  /** A reply that was also sent to the channel. */
  readonly broadcast?: boolean;
  readonly user: string;
  readonly isBot: boolean;
  readonly text: string;
  /** Block Kit as the app sent it (schema-checked). */
  readonly blocks: readonly unknown[];
  readonly attachments: readonly unknown[];
  readonly files: readonly SandboxFile[];
  readonly reactions: readonly { readonly name: string; readonly users: readonly string[] }[];
  readonly edited: boolean;
  readonly deleted: boolean;
  /** Only this user sees it (chat.postEphemeral, ephemeral command answers). */
  readonly ephemeralFor?: string;
  readonly metadata?: unknown;
}

export interface SandboxView {
  readonly id: string;
  readonly hash: string;
  readonly type: 'modal' | 'home';
  readonly user: string;
  readonly view: Record<string, unknown>;
}

/** `GET /slack/control/state?user=U…`: everything that this person's Slack shows. */
export interface SlackState {
  readonly users: readonly SandboxUser[];
  readonly usergroups: readonly { readonly id: string; readonly handle: string; readonly users: readonly string[] }[];
  readonly channels: readonly SandboxChannel[];
  /** Oldest first; thread replies are included and carry threadTs. Ephemerals of other people are left out. */
  readonly messages: readonly SandboxMessage[];
  /** The stack of open modals, the topmost last. */
  readonly modals: readonly SandboxView[];
  readonly home?: SandboxView;
}
// `GET /slack/control/stream?user=U…` is server-sent events: an event named `changed` (data: {}) after every change.

/** `POST /slack/control/app`: where the app's Slack address is (HTTP mode). `appToken` in use means Socket Mode instead. */
export interface AppAddress {
  readonly requestUrl: string;
}

/** `POST /slack/control/message`. A file makes it a `file_share` message, and `file_shared` is sent as well, as Slack does. */
export interface SayRequest {
  readonly user: string;
  readonly channel: string;
  readonly text: string;
  readonly threadTs?: string;
  /** "Also send to channel": subtype thread_broadcast. */
  readonly broadcast?: boolean;
  readonly files?: readonly { readonly name: string; readonly mimetype: string; readonly base64: string }[];
}
export interface SayAnswer {
  readonly ts: string;
  readonly files: readonly SandboxFile[];
}
// `POST /slack/control/message/edit` { user, channel, ts, text } ; `POST /slack/control/message/delete` { user, channel, ts }

/** `POST /slack/control/command`. Answers when the app has acknowledged. */
export interface CommandRequest {
  readonly user: string;
  readonly channel: string;
  /** `/outreach` */
  readonly command: string;
  readonly text: string;
}
export interface AckAnswer {
  /** False: the app did not answer within 3 s, or not with 200 (Slack shows "the app did not respond"). */
  readonly ok: boolean;
  readonly status: number;
  readonly error?: string;
}

/** `POST /slack/control/action`: press a button, choose in a select, in a message, an ephemeral, a modal or the home tab. */
export interface ActionRequest {
  readonly user: string;
  /** Where: a message (channel and ts) or a view (viewId). */
  readonly channel?: string;
  readonly ts?: string;
  readonly viewId?: string;
  readonly actionId: string;
  /** Needed only when the same action id stands in several blocks. */
  readonly blockId?: string;
  /** For an element other than a button: what was chosen (merged into the action), e.g. { selected_option: … }. */
  readonly choice?: Record<string, unknown>;
  /** For a view: what its inputs hold at this moment (view.state.values). */
  readonly values?: ViewValues;
}

/** Slack's `view.state.values`: block id → action id → the element's state. */
export type ViewValues = Record<string, Record<string, Record<string, unknown>>>;

/** `POST /slack/control/view/submit`; `POST /slack/control/view/close` { user, viewId }. */
export interface SubmitRequest {
  readonly user: string;
  readonly viewId: string;
  readonly values: ViewValues;
}
export interface SubmitAnswer extends AckAnswer {
  /** What became of the modal: response_action of the app, or `clear`-like closing as `closed`. */
  readonly responseAction: 'closed' | 'errors' | 'update' | 'push' | 'clear';
  readonly errors?: Record<string, string>;
}

/** `POST /slack/control/reaction` */
export interface ReactRequest {
  readonly user: string;
  readonly channel: string;
  readonly ts: string;
  /** Without colons: `white_check_mark`. */
  readonly name: string;
  readonly remove?: boolean;
}

/** `POST /slack/control/home` { user }: opens the app's Home tab (app_home_opened). */
/** `POST /slack/control/upload`: a file put into a modal's file_input; its id goes into the element's state as `files: [{ id, … }]`. */
export interface UploadRequest {
  readonly user: string;
  readonly name: string;
  readonly mimetype: string;
  readonly base64: string;
}
// `POST /slack/control/redeliver` { eventId? }: sends the last event (or that one) again, as Slack does when an ack was lost.
// `GET /slack/control/deliveries`: the events that were sent to the app: [{ eventId, type, attempts, acked }].

/** `GET /slack/control/calls`: every Web API call, oldest first. */
export interface ApiCall {
  readonly at: string;
  readonly method: string;
  readonly ok: boolean;
  readonly error?: string;
  readonly args: Record<string, unknown>;
}

// ───────────────────────────── Twilio: what a patient does ─────────────────────────────

export type PhoneKind = 'mobile' | 'landline' | 'unreachable' | 'invalid' | 'blocked';

export interface PhoneText {
  readonly sid: string;
  /** As the patient sees it: `in` was received by the phone, `out` was written on it. */
  readonly direction: 'in' | 'out';
  readonly body: string;
  readonly at: string;
  readonly mediaUrls: readonly string[];
}

/**
 * `GET /twilio/control/phones?q=…&limit=…`: every phone that was written to, wrote, or was named, in the order of its last
 * text. `q` keeps those whose number holds its digits or whose texts hold its words.
 */
export interface SandboxPhone {
  readonly number: string;
  readonly kind: PhoneKind;
  readonly optedOut: boolean;
  readonly texts: readonly PhoneText[];
}
// `POST /twilio/control/phone` { number, kind? }: names a phone, or changes what kind of phone it is.
// `GET /twilio/control/stream` is server-sent events: `changed` after every change.

/** `POST /twilio/control/text`: the patient writes. Answers when the webhook was answered (or when it could not be reached). */
export interface TextRequest {
  readonly from: string;
  readonly body: string;
  readonly media?: readonly { readonly contentType: string; readonly base64: string }[];
}
export interface TextAnswer {
  readonly sid: string;
  /** The HTTP status of the app's webhook; 0 if it could not be reached or timed out. The message is in Twilio's list in any case. */
  readonly webhookStatus: number;
}

/** `POST /twilio/control/number`: the clinic's number as set at Twilio. */
export interface NumberSettings {
  readonly smsUrl?: string;
}

/** `POST /twilio/control/settings` (any subset). */
export interface TwilioSettings {
  /** Segments a second at which the queue drains to phones. */
  readonly rate: number;
  /** Milliseconds from `sent` to `delivered`. */
  readonly deliveryMs: number;
  /** Every status callback is sent this many times. */
  readonly callbackCopies: number;
  /** Callbacks of one message are sent in reverse order. */
  readonly callbacksShuffled: boolean;
  /** Callbacks are not sent at all. */
  readonly callbacksOff: boolean;
  /** Added before every answer of the REST API, milliseconds. */
  readonly latencyMs: number;
}

/** `GET /twilio/control/messages`: Twilio's records, newest last. */
export interface TwilioRecord {
  readonly sid: string;
  readonly direction: 'inbound' | 'outbound-api' | 'outbound-reply';
  readonly from: string;
  readonly to: string;
  readonly body: string;
  readonly status: string;
  readonly errorCode: number | null;
  readonly numSegments: number;
  readonly createdAt: string;
  readonly deliveredAt: string | null;
  readonly statusCallback: string | null;
  readonly validityPeriod: number;
}
