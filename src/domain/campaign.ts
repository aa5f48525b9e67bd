import { createHash } from 'node:crypto';
import { AppError } from './errors';

/**
 * A campaign's life, and who has to agree before it is sent.
 *
 * ```
 * DRAFT ─► AWAITING_APPROVAL ─► SCHEDULED ─► RUNNING ◄─► PAUSED
 *   └───────(small sends)──────────┴────────────┘ └─► DONE
 * ```
 */
export const CAMPAIGN_STATES = [
  'DRAFT',
  'AWAITING_APPROVAL',
  'SCHEDULED',
  'RUNNING',
  'PAUSED',
  'DONE',
  'CANCELED',
  'REJECTED',
  'EXPIRED',
] as const;
export type CampaignState = (typeof CAMPAIGN_STATES)[number];

/**
 * What can happen to a campaign. `withdraw`: a reviewer took the ✅ back before sending began. `change`: text or audience
 * were edited, which voids every approval. `expire`: nobody decided in time.
 */
export const CAMPAIGN_EVENTS = [
  'ask_for_approval',
  'schedule',
  'start',
  'reject',
  'expire',
  'withdraw',
  'change',
  'pause',
  'resume',
  'finish',
  'cancel',
] as const;
export type CampaignEvent = (typeof CAMPAIGN_EVENTS)[number];

/** All that is allowed; what is not here is refused. `start` from SCHEDULED is the moment when its time has come. */
const TRANSITIONS: Readonly<Record<CampaignState, Partial<Record<CampaignEvent, CampaignState>>>> = {
  DRAFT: {
    ask_for_approval: 'AWAITING_APPROVAL',
    schedule: 'SCHEDULED',
    start: 'RUNNING',
    change: 'DRAFT',
    cancel: 'CANCELED',
  },
  AWAITING_APPROVAL: {
    schedule: 'SCHEDULED',
    start: 'RUNNING',
    reject: 'REJECTED',
    expire: 'EXPIRED',
    change: 'DRAFT',
    cancel: 'CANCELED',
  },
  SCHEDULED: { start: 'RUNNING', withdraw: 'AWAITING_APPROVAL', change: 'DRAFT', cancel: 'CANCELED' },
  RUNNING: { pause: 'PAUSED', finish: 'DONE', cancel: 'CANCELED' },
  // Paused after the last text had gone: what Twilio still reports can finish it.
  PAUSED: { resume: 'RUNNING', finish: 'DONE', cancel: 'CANCELED' },
  REJECTED: { change: 'DRAFT', cancel: 'CANCELED' },
  EXPIRED: { change: 'DRAFT', cancel: 'CANCELED' },
  DONE: {},
  CANCELED: {},
};

/** Events after which patients may be texted who were not to be texted before. `resume` is not one: sending had begun. */
const RELEASES: ReadonlySet<CampaignEvent> = new Set(['schedule', 'start']);

const STATE_IN_WORDS: Readonly<Record<CampaignState, string>> = {
  DRAFT: 'still a draft',
  AWAITING_APPROVAL: 'waiting for approval',
  SCHEDULED: 'scheduled',
  RUNNING: 'being sent',
  PAUSED: 'paused',
  DONE: 'done',
  CANCELED: 'canceled',
  REJECTED: 'rejected',
  EXPIRED: 'expired, because nobody approved it in time',
};

const EVENT_IN_WORDS: Readonly<Record<CampaignEvent, string>> = {
  ask_for_approval: 'sent for approval',
  schedule: 'scheduled',
  start: 'started',
  reject: 'rejected',
  expire: 'closed as unanswered',
  withdraw: 'sent back for approval',
  change: 'changed',
  pause: 'paused',
  resume: 'resumed',
  finish: 'closed as done',
  cancel: 'canceled',
};

const WHAT_TO_DO: Readonly<Record<CampaignState, string>> = {
  DRAFT: 'Send it first.',
  AWAITING_APPROVAL: 'A reviewer decides with ✅ or ❌ in the approvals channel.',
  SCHEDULED: 'It starts by itself at its time.',
  RUNNING: 'Pause or cancel it.',
  PAUSED: 'Resume or cancel it.',
  DONE: 'Start a new send.',
  CANCELED: 'Start a new send.',
  REJECTED: 'Press Change on its card to ask again.',
  EXPIRED: 'Press Change on its card to ask again.',
};

export type ApprovalStatus = 'waiting' | 'approved' | 'rejected';

/**
 * The state after an event. `approval` stands for the approvals at this moment ({@link approvalStatus}); whoever leaves it
 * out gets the safe reading: not approved, so nothing can be scheduled or started.
 *
 * @throws AppError CAMPAIGN_NOT_APPROVED, CAMPAIGN_WRONG_STATE
 */
export const transition = (
  state: CampaignState,
  event: CampaignEvent,
  approval: ApprovalStatus = 'waiting',
): CampaignState => {
  const next = TRANSITIONS[state][event];
  if (next === undefined) {
    throw new AppError('CAMPAIGN_WRONG_STATE', {
      message: `campaign event ${event} in state ${state}`,
      userMessage: `This send cannot be ${EVENT_IN_WORDS[event]}: it is ${STATE_IN_WORDS[state]}. ${WHAT_TO_DO[state]}`,
    });
  }
  if (RELEASES.has(event) && approval !== 'approved') {
    throw new AppError('CAMPAIGN_NOT_APPROVED', {
      message: `campaign event ${event} in state ${state} while approval is ${approval}`,
      userMessage: 'This send is not approved yet. A reviewer has to approve it with ✅ in the approvals channel.',
    });
  }
  return next;
};

/** Whether {@link transition} has a way for this event; for buttons, which are shown only where they would work. */
export const canTransition = (state: CampaignState, event: CampaignEvent): boolean =>
  TRANSITIONS[state][event] !== undefined;

/** Nothing is sent any more, whatever happens. */
export const isFinal = (state: CampaignState): boolean => state === 'DONE' || state === 'CANCELED';

export interface ApprovalThresholds {
  /** Recipients from which one reviewer has to approve; the number itself included. */
  readonly approvalThreshold: number;
  /** Recipients from which two reviewers have to approve; the number itself included. */
  readonly largeSendThreshold: number;
}

/** How many reviewers have to approve a send to so many recipients. */
export const approvalsNeeded = (recipients: number, thresholds: ApprovalThresholds): 0 | 1 | 2 => {
  if (recipients >= thresholds.largeSendThreshold) return 2;
  return recipients >= thresholds.approvalThreshold ? 1 : 0;
};

export interface Reaction {
  readonly user: string;
  readonly kind: 'approve' | 'reject';
}

export interface ApprovalRequest {
  readonly needed: 0 | 1 | 2;
  /** Slack id of who asked for the send. */
  readonly requestedBy: string;
  /** The reactions that stand now; what was taken back is not among them. */
  readonly reactions: readonly Reaction[];
  /** Slack ids of those who are reviewers now: who lost the role meanwhile does not count. */
  readonly reviewers: ReadonlySet<string>;
}

/** One counted ❌ outweighs any number of ✅: two reviewers who disagree should talk before thousands are texted. */
export const approvalStatus = ({ needed, requestedBy, reactions, reviewers }: ApprovalRequest): ApprovalStatus => {
  if (needed === 0) return 'approved';
  const counted = reactions.filter(({ user }) => user !== requestedBy && reviewers.has(user));
  if (counted.some(({ kind }) => kind === 'reject')) return 'rejected';
  const approvers = new Set(counted.map(({ user }) => user));
  return approvers.size >= needed ? 'approved' : 'waiting';
};

/** Why a reaction does not count, as a sentence for the one who reacted; undefined when it counts. */
export const whyNotCounted = (
  { user, kind }: Reaction,
  { requestedBy, reviewers }: Pick<ApprovalRequest, 'requestedBy' | 'reviewers'>,
): string | undefined => {
  const mark = kind === 'approve' ? '✅' : '❌';
  if (user === requestedBy) {
    return kind === 'approve'
      ? 'You asked for this send, so your ✅ does not count. A reviewer other than you has to approve it.'
      : 'You asked for this send, so your ❌ does not count. To take it back, press Cancel on its card.';
  }
  if (reviewers.has(user)) return undefined;
  return `Your ${mark} does not count: you are not a reviewer. Ask a reviewer to decide, or an admin to add you to REVIEWERS.`;
};

export interface CampaignTexts {
  /** Language → text, as written, with its placeholders. */
  readonly variants: Readonly<Record<string, string>>;
  /** Label → automatic answer: patients get these texts too. */
  readonly autoAnswers?: Readonly<Record<string, string>>;
}

/**
 * SHA-256 (hex) of what reviewers agree to: every text, and who gets which. An approval holds for this hash only. The
 * order of variants does not matter; recipients are added in the order in which they are frozen, so that a million need no
 * sorting. Each part is written as JSON so that no two contents read alike.
 */
export class ContentHash {
  private readonly hash = createHash('sha256');

  constructor({ variants, autoAnswers = {} }: CampaignTexts) {
    this.addSorted('variant', variants);
    this.addSorted('answer', autoAnswers);
  }

  add(recipients: readonly { readonly patientId: number; readonly phone: string; readonly textKey: string }[]): void {
    const lines = recipients.map((one) => `recipient${JSON.stringify([one.patientId, one.phone, one.textKey])}\n`);
    this.hash.update(lines.join(''));
  }

  /** Ends it: nothing can be added any more. */
  digest = (): string => this.hash.digest('hex');

  private addSorted(kind: string, texts: Readonly<Record<string, string>>): void {
    const parts = Object.entries(texts).map((entry) => `${kind}${JSON.stringify(entry)}\n`);
    this.hash.update(parts.sort().join(''));
  }
}
