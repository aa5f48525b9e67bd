import type { CampaignState } from '../campaign';
import type { PlannedPlace } from '../send-plan';
import type { CapacityPlan } from '../capacity';
import type { CampaignCounts, Skipped } from './campaign-counts';
import type { ImportCard } from './import-card';
import type { DecisionFact, Rejected } from './decided';
import type { TemplateCard, TemplateReviewCard, TestCard } from './template-cards';
import type { SummaryCard } from './summary-card';
import type { ConversationCard, ReplyCard, ThreadCard } from './thread-cards';

/** What a card in Slack shows, as data. `slack/blocks` turns it into Block Kit; `usecases/posts` gathers it. */
export type Card =
  | ImportCard
  | TemplateCard
  | TemplateReviewCard
  | TestCard
  | CampaignCard
  | ApprovalCard
  | ConversationCard
  | ReplyCard
  | NoteCard
  | SummaryCard
  | ThreadCard;

export interface NoteCard {
  readonly kind: 'note';
  readonly text: string;
}

/** An admin has stopped all sending. */
export interface Stopped {
  readonly by: string;
  readonly at: Date;
}

export type { CampaignCounts, Skipped };

export interface CampaignFacts {
  readonly campaignId: number;
  readonly templateName: string;
  readonly audience: string;
  readonly requestedBy: string;
  readonly recipients: number;
  /** `code` names the reason on a button, `reason` says it in words. */
  readonly excluded: readonly { readonly code: string; readonly reason: string; readonly count: number }[];
  /** A few real texts of each language. */
  readonly samples: readonly { readonly language: string; readonly who: string; readonly text: string }[];
  /** By the text that they get; most first. */
  readonly languages: readonly { readonly language: string; readonly recipients: number }[];
  /** Who prefers a language in which there is no text. */
  readonly fallbacks: readonly { readonly language: string; readonly recipients: number }[];
  /** Placeholders that are empty for some of those left out; most first. */
  readonly empty: readonly { readonly placeholder: string; readonly patients: number }[];
  /** Rows of the send's own file that are no known patient. */
  readonly unknownInFile: { readonly count: number; readonly lines: readonly number[] };
  readonly segments: number;
  readonly cost: number;
  /** Minutes that sending takes at the present rate. */
  readonly minutes: number;
  /** Segments a second; 0 = unlimited. */
  readonly rate: number;
  /** When it would go, place by place; empty once it goes. */
  readonly plan: readonly PlannedPlace[];
  readonly atClose: 'CARRY_OVER' | 'EXPIRE';
  readonly startAt: Date | null;
  readonly timeZone: string;
  readonly approvalsNeeded: number;
}

export interface Ending {
  readonly at: Date;
  /** In minutes from now. */
  readonly left: number;
  /** Texting closes before, and it goes on when it opens again. */
  readonly hasBreak: boolean;
}

export interface CampaignCard extends CampaignFacts {
  readonly kind: 'campaign';
  readonly state: CampaignState;
  /** Of its template, for a test. */
  readonly versionId: number;
  /** While it is frozen: how many were looked at. Null once it is. */
  readonly freezing: { readonly looked: number; readonly recipients: number } | null;
  /** Why it could not be frozen. */
  readonly problem: string | null;
  /** The template as it is by now, when that is not what this card would send. */
  readonly edited: { readonly shown: number; readonly latest: number } | 'archived' | null;
  readonly counts: CampaignCounts;
  readonly skips: readonly Skipped[];
  /** Texts a minute that went to Twilio lately; null when it does not go, or not for long enough. */
  readonly pace: number | null;
  /** When the last of those who wait would get it, if it goes on like this; null when nobody can say. */
  readonly ending: Ending | null;
  readonly answers: readonly { readonly label: string; readonly count: number }[];
  readonly urgent: number;
  readonly unexpected: number;
  readonly optOuts: number;
  readonly pausedReason: string | null;
  readonly stopped: Stopped | null;
  readonly rejected: Rejected | null;
  /** When the texting window next opens for those who still wait; null when it is open for some of them. */
  readonly waitsUntil: Date | null;
  readonly problems: readonly { readonly sentence: string; readonly count: number }[];
}

export interface ApprovalCard extends CampaignFacts {
  readonly kind: 'approval';
  readonly state: CampaignState;
  readonly counts: CampaignCounts;
  readonly decisions: readonly DecisionFact[];
  readonly rejected: Rejected | null;
  /** Where two reviewers have to agree and it is still open; null otherwise. */
  readonly capacity: CapacityPlan | null;
}

/** A page of `/outreach responses`. */
export interface ResponsesPage {
  readonly campaign: { readonly id: number; readonly name: string } | null;
  readonly filter: ResponsesFilter;
  readonly sort: ResponsesSort;
  readonly page: number;
  readonly more: boolean;
  readonly counts: {
    readonly unanswered: number;
    /** Who got the send's text and did not answer; null when it is not one send that is asked about. */
    readonly silent: number | null;
    readonly unexpected: number;
    readonly urgent: number;
    readonly expected: number;
    readonly other: number;
  };
  readonly rows: readonly ResponseRow[];
}

/** `unanswered`: a patient's last text that staff have not answered; `silent`: who got a send's text and did not answer. */
export type ResponsesFilter = 'all' | 'unexpected' | 'urgent' | 'unanswered' | 'silent';

export type ResponsesSort = 'class' | 'answer' | 'time' | 'patient';

export interface ResponseRow {
  readonly who: string;
  /** Null: they have not answered, and `at` is when our text went out. */
  readonly text: string | null;
  readonly replyClass: string;
  readonly answer: string | null;
  readonly at: Date;
  /** Link to the thread; null while it is not posted yet. */
  readonly permalink: string | null;
}

export interface StatusRow {
  readonly campaignId: number;
  readonly name: string;
  readonly state: CampaignState;
  readonly recipients: number;
  readonly counts: CampaignCounts;
  readonly startAt: Date | null;
}

/** `/outreach status`. */
export interface StatusPage {
  readonly stopped: Stopped | null;
  readonly rows: readonly StatusRow[];
  readonly may: { readonly control: boolean; readonly stopAll: boolean };
}

export interface GroupRow {
  readonly id: number;
  readonly name: string;
  readonly members: number;
}

/** What the app's Home tab shows. */
export interface HomePage {
  readonly clinicName: string;
  readonly patients: number;
  readonly running: readonly StatusRow[];
  readonly waiting: readonly {
    readonly campaignId: number;
    readonly name: string;
    readonly recipients: number;
    readonly requestedBy: string;
    readonly askedAt: Date;
    /** The request in the approvals channel. */
    readonly permalink: string | null;
  }[];
  /** All of them; the oldest are listed. */
  readonly openCount: number;
  readonly openConversations: readonly {
    readonly who: string;
    readonly at: Date | null;
    readonly permalink: string | null;
  }[];
  readonly windows: readonly { readonly zone: string; readonly open: boolean; readonly until: Date | null }[];
  readonly hours: string;
  /** What this person may do: only such buttons are shown. */
  readonly may: {
    readonly send: boolean;
    readonly import: boolean;
    readonly write: boolean;
    readonly read: boolean;
    readonly control: boolean;
    readonly stopAll: boolean;
  };
  readonly stopped: Stopped | null;
}
