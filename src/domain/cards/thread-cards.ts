/** What stands in a patient's thread, as data: its head, the patient's texts, and what staff are asked or told there. */
export type ThreadCard = HeldCard | LateCard | StaffTextCard | ReminderCard;

export interface ConversationCard {
  readonly kind: 'conversation';
  readonly conversationId: number;
  /** Masked: several when a family shares the number. */
  readonly who: readonly string[];
  /** The same people, to say which of them it is; empty when there is nothing to say. */
  readonly choices: readonly { readonly patientId: number; readonly label: string }[];
  /** The one who staff say it is. */
  readonly chosen: { readonly patientId: number; readonly who: string; readonly by: string } | null;
  readonly phone: string;
  readonly state: 'OPEN' | 'WAITING' | 'RESOLVED';
  readonly languages: readonly string[];
  readonly groups: readonly string[];
  readonly optedOut: boolean;
  /** What Reveal is asked for; null where nobody may. */
  readonly reveal: string | null;
  readonly takenBy: string | null;
  /** Whom to call on an urgent reply, as Slack's markup; null when nobody is named. */
  readonly onCall: string | null;
  /** For how many hours nobody has taken it, once that was too long. */
  readonly waitingHours: number | null;
  /** The newest one. */
  readonly reply: {
    readonly text: string;
    readonly replyClass: string | null;
    readonly answer: string | null;
    readonly why: string | null;
    readonly at: Date;
  } | null;
  readonly campaign: { readonly templateName: string; readonly text: string } | null;
}

export interface ReplyCard {
  readonly kind: 'reply';
  readonly messageId: number;
  readonly who: string;
  readonly text: string;
  readonly replyClass: string | null;
  readonly answer: string | null;
  readonly why: string | null;
  readonly at: Date;
  readonly mediaCount: number;
  readonly onCall: string | null;
}

/** A text of staff that waits for the texting window, or did. */
export interface HeldCard {
  readonly kind: 'held';
  readonly messageId: number;
  readonly state: 'waiting' | 'going' | 'gone' | 'ended';
  readonly writtenBy: string | null;
  /** On the patient's clock. */
  readonly now: string;
  /** When texting opens, on the patient's clock: `7:00 AM`, `Mon 7:00 AM`; null = never, by the present settings. */
  readonly opens: string | null;
  /** Who has said that it may wait. */
  readonly keptBy: string | null;
  readonly sentNow: { readonly by: string; readonly reason: string } | null;
}

/** A message of staff from while the app was down, too old to be texted unasked. */
export interface LateCard {
  readonly kind: 'late';
  readonly channel: string;
  readonly ts: string;
  readonly writtenBy: string;
  readonly text: string;
  readonly decision: 'open' | 'sent' | 'dropped';
  readonly decidedBy: string | null;
}

/** A text that staff wrote in a form: there is no message of theirs in the thread that could carry its mark. */
export interface StaffTextCard {
  readonly kind: 'staff-text';
  readonly text: string;
  readonly writtenBy: string | null;
  readonly at: Date;
  readonly mark: 'waiting' | 'done' | 'failed';
}

/** Replies that wait for a person for too long. */
export interface ReminderCard {
  readonly kind: 'reminder';
  readonly hours: number;
  readonly onCall: string | null;
  readonly rows: readonly {
    readonly who: string;
    readonly urgent: boolean;
    readonly since: Date;
    readonly permalink: string | null;
  }[];
}
