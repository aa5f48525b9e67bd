import type {
  ApprovalCard,
  CampaignCard,
  CampaignCounts,
  CampaignFacts,
  HomePage,
  ResponsesPage,
} from '../../../../src/domain/cards/card';
import type { ImportCard } from '../../../../src/domain/cards/import-card';
import type {
  TemplateCard,
  TemplateHistory,
  TemplatePreview,
  TemplateReviewCard,
  TestCard,
} from '../../../../src/domain/cards/template-cards';
import type {
  ConversationCard,
  HeldCard,
  LateCard,
  ReminderCard,
  ReplyCard,
  StaffTextCard,
} from '../../../../src/domain/cards/thread-cards';

/** Cards as a clinic would see them. */

export const AT = new Date('2026-03-03T15:00:00Z');

export const importCard: ImportCard = {
  kind: 'import',
  importId: 7,
  state: 'READY',
  fileName: 'patients.csv',
  requestedBy: 'U0SENDER1',
  decidedBy: null,
  problem: null,
  filePermalink: 'https://clinic.slack.com/files/U0SENDER1/F01/patients.csv',
  summary: {
    rows: 200,
    new: 188,
    changed: 3,
    unchanged: 0,
    rejected: 9,
    duplicate: 0,
    optedOut: 2,
    leaving: 0,
    sharedNumbers: 4,
    shared: [{ phone: '•••• 2040', lines: [8, 9] }],
    groups: ['2nd dose', 'Seniors', 'Staff'],
    reasons: [
      { reason: 'The mobile number has too few digits.', count: 6, lines: [12, 40, 41, 77, 90] },
      { reason: 'There is no patient id.', count: 3, lines: [5, 6, 7] },
    ],
    warnings: [{ reason: '“Klingon” is not understood as a language.', count: 1, lines: [17] }],
    changes: ['Ana R.: ZIP 60601 → 60602', 'Luis R.: mobile number •••• 2040 → •••• 2049, groups + Seniors'],
  },
  people: 'PATIENT',
  replaceGroups: false,
  undoUntil: null,
  undone: null,
  rejectedGo: 'TO_THREAD',
  questions: [],
  columns: {
    known: [
      { role: 'externalId', name: 'MRN' },
      { role: 'phone', name: 'Cell' },
    ],
    fields: ['home_phone', 'site'],
    notRead: ['Notes'],
  },
  idFromPhone: false,
  progress: { rows: 0, percent: null },
  percentSaved: null,
};

export const templateCard: TemplateCard = {
  kind: 'template',
  templateId: 3,
  versionId: 8,
  name: 'Second dose',
  version: 2,
  createdBy: 'U0SENDER1',
  variants: [
    {
      language: 'default',
      text: 'Hi {{ first_name }}, {{ clinic_name }} has your second dose. Reply YES or NO.',
      segments: 1,
      estimate: null,
    },
    {
      language: 'es',
      text: 'Hola {{ first_name }}, {{ clinic_name }} tiene su segunda dosis. Responda SÍ o NO.',
      segments: 2,
      estimate: {
        patients: 200,
        shortest: { characters: 64, segments: 1 },
        median: { characters: 68, segments: 1 },
        longest: { characters: 81, segments: 2 },
        leftOut: 3,
        empty: ['first_name'],
      },
    },
  ],
  replies: [
    { label: 'YES', words: ['yes', 'sí'], autoAnswer: 'Thank you! We will text you a time.' },
    { label: 'NO', words: [], autoAnswer: null },
  ],
  preview: {
    who: 'Ana R.',
    text: 'Hi Ana, Lakeside Clinic has your second dose. Reply YES or NO.',
    segments: 1,
  },
  pricePerSegment: 0.0079,
  lastUsedAt: null,
  review: null,
  archived: false,
  hints: ['Í makes each segment hold 70 characters instead of 160. Plain letters cost less.'],
};

export const templateReviewCard: TemplateReviewCard = {
  kind: 'template_review',
  versionId: 8,
  name: 'Second dose',
  version: 2,
  createdBy: 'U0SENDER1',
  variants: [{ language: 'default', text: 'Hi {{ first_name }}, your second dose is here. Reply YES or NO.' }],
  replies: [
    { label: 'YES', autoAnswer: 'Thank you!' },
    { label: 'NO', autoAnswer: null },
  ],
  comparedWith: 1,
  changes: [
    {
      part: 'default',
      diff: [
        { kind: 'same', text: 'Hi {{ first_name }}, your ' },
        { kind: 'removed', text: 'first' },
        { kind: 'added', text: 'second' },
        { kind: 'same', text: ' dose is here. Reply YES or NO.' },
      ],
    },
  ],
  state: 'waiting',
  decidedBy: null,
};

export const templateHistory: TemplateHistory = {
  name: 'Second dose',
  entries: [
    { version: 2, createdBy: 'U0ADMIN1', at: AT, changes: templateReviewCard.changes, review: 'waiting' },
    { version: 1, createdBy: 'U0SENDER1', at: AT, changes: [], review: 'approved' },
  ],
  older: 0,
};

export const testCard: TestCard = {
  kind: 'test',
  text: 'Hi Maya, your second dose is here. Reply YES or NO.',
  segments: 1,
  phone: '•••• 2009',
  state: 'waiting',
  why: null,
};

export const templatePreview: TemplatePreview = {
  versionId: 8,
  name: 'Second dose',
  version: 2,
  patient: { who: 'Ana R.', phone: '•••• 0100', language: 'es', gets: 'es' },
  texts: [
    { language: 'default', text: 'Hi Ana, your second dose is here.', segments: 1, missing: [] },
    { language: 'es', text: null, segments: 0, missing: ['visit'] },
  ],
};

export const facts: CampaignFacts = {
  campaignId: 12,
  templateName: 'Second dose',
  audience: '2nd dose, Seniors',
  requestedBy: 'U0SENDER1',
  recipients: 180,
  excluded: [
    { code: 'opted_out', reason: 'opted out', count: 8 },
    { code: 'bad_number', reason: 'number cannot be texted', count: 4 },
  ],
  samples: [
    { language: 'default', who: 'Ana R.', text: 'Hi Ana, Lakeside Clinic has your second dose. Reply YES or NO.' },
    { language: 'es', who: 'Luis R.', text: 'Hola Luis, Lakeside Clinic tiene su segunda dosis. Responda SÍ o NO.' },
    { language: 'default', who: 'Mei C.', text: 'Hi Mei, Lakeside Clinic has your second dose. Reply YES or NO.' },
  ],
  languages: [
    { language: 'default', recipients: 148 },
    { language: 'es', recipients: 32 },
  ],
  fallbacks: [{ language: 'vi', recipients: 5 }],
  empty: [{ placeholder: 'visit', patients: 3 }],
  unknownInFile: { count: 0, lines: [] },
  segments: 212,
  cost: 1.6748,
  minutes: 3.53,
  rate: 1,
  plan: [
    {
      zones: ['America/Chicago'],
      recipients: 150,
      startsAt: AT,
      endsAt: new Date('2026-03-03T15:04:00Z'),
      closesAt: new Date('2026-03-04T03:00:00Z'),
      late: 0,
    },
    {
      zones: ['America/Denver', 'America/Los_Angeles'],
      recipients: 30,
      startsAt: new Date('2026-03-03T16:00:00Z'),
      endsAt: new Date('2026-03-03T16:01:00Z'),
      closesAt: new Date('2026-03-04T04:00:00Z'),
      late: 0,
    },
  ],
  atClose: 'CARRY_OVER',
  startAt: null,
  timeZone: 'America/Chicago',
  approvalsNeeded: 1,
};

export const NONE: CampaignCounts = {
  queued: 0,
  sending: 0,
  uncertain: 0,
  submitted: 0,
  delivered: 0,
  undelivered: 0,
  failed: 0,
  skipped: 0,
  canceled: 0,
  expired: 0,
};

export const campaignCard: CampaignCard = {
  ...facts,
  kind: 'campaign',
  state: 'DRAFT',
  versionId: 31,
  freezing: null,
  problem: null,
  edited: null,
  counts: NONE,
  skips: [],
  pace: null,
  ending: null,
  answers: [],
  urgent: 0,
  unexpected: 0,
  optOuts: 0,
  pausedReason: null,
  stopped: null,
  rejected: null,
  waitsUntil: null,
  problems: [],
};

export const runningCard: CampaignCard = {
  ...campaignCard,
  state: 'RUNNING',
  pace: 62,
  ending: { at: new Date('2026-03-03T15:05:00Z'), left: 0.95, hasBreak: false },
  counts: { ...NONE, queued: 57, sending: 2, uncertain: 1, submitted: 9, delivered: 108, undelivered: 1, failed: 2 },
  answers: [
    { label: 'YES', count: 40 },
    { label: 'NO', count: 12 },
  ],
  urgent: 1,
  unexpected: 3,
  optOuts: 2,
  problems: [{ sentence: 'The phone cannot be reached. (Twilio 30003)', count: 3 }],
};

export const approvalCard: ApprovalCard = {
  ...facts,
  kind: 'approval',
  state: 'AWAITING_APPROVAL',
  counts: NONE,
  decisions: [],
  rejected: null,
  capacity: null,
};

export const conversationCard: ConversationCard = {
  kind: 'conversation',
  conversationId: 44,
  who: ['Ana R.', 'Luis R.'],
  phone: '•••• 0100',
  state: 'OPEN',
  languages: ['es'],
  choices: [],
  chosen: null,
  onCall: null,
  waitingHours: null,
  groups: ['2nd dose', 'Seniors'],
  optedOut: false,
  reveal: 'conversation:44',
  takenBy: null,
  reply: {
    text: 'yes but <!channel> I have a *fever* & https://example.org',
    replyClass: 'unexpected',
    answer: null,
    why: 'matches none of YES, NO',
    at: AT,
  },
  campaign: { templateName: 'Second dose', text: 'Hi Ana, Lakeside Clinic has your second dose. Reply YES or NO.' },
};

export const replyCard: ReplyCard = {
  kind: 'reply',
  messageId: 91,
  who: 'Ana R. / Luis R.',
  text: 'yes but <!channel> I have a *fever* :thermometer:',
  replyClass: 'unexpected',
  answer: null,
  why: 'matches none of YES, NO',
  at: AT,
  mediaCount: 0,
  onCall: null,
};

export const heldCard: HeldCard = {
  kind: 'held',
  messageId: 92,
  state: 'waiting',
  writtenBy: 'U0RESPONDER1',
  now: '10:14 PM',
  opens: '7:00 AM',
  keptBy: null,
  sentNow: null,
};

export const lateCard: LateCard = {
  kind: 'late',
  channel: 'C0REPLIES',
  ts: '1772550000.000100',
  writtenBy: 'U0RESPONDER1',
  text: 'Please come at 3, & bring your <card>',
  decision: 'open',
  decidedBy: null,
};

export const staffTextCard: StaffTextCard = {
  kind: 'staff-text',
  text: 'Your results are here. Please call us.',
  writtenBy: 'U0RESPONDER1',
  at: AT,
  mark: 'waiting',
};

export const reminderCard: ReminderCard = {
  kind: 'reminder',
  hours: 4,
  onCall: 'U0ADMIN1',
  rows: [
    {
      who: 'Ana R.',
      urgent: true,
      since: AT,
      permalink: 'https://clinic.slack.com/archives/C0REPLIES/p1700000000000100',
    },
    { who: 'Luis R.', urgent: false, since: AT, permalink: null },
  ],
};

/** Two on one number, one of whom staff say it is. */
export const family: Pick<ConversationCard, 'choices' | 'chosen'> = {
  choices: [
    { patientId: 7, label: 'Ana R. (id 1004)' },
    { patientId: 8, label: 'Luis R. (id 2004)' },
  ],
  chosen: { patientId: 8, who: 'Luis R.', by: 'U0RESPONDER1' },
};

export const responsesPage: ResponsesPage = {
  campaign: { id: 12, name: 'Second dose' },
  filter: 'all',
  sort: 'class',
  page: 0,
  more: true,
  counts: { unexpected: 3, urgent: 1, expected: 52, other: 2, unanswered: 2, silent: 40 },
  rows: [
    {
      who: 'Omar D.',
      text: 'chest pain since this morning',
      replyClass: 'urgent',
      answer: null,
      at: AT,
      permalink: 'https://clinic.slack.com/archives/C0REPLIES/p1700000000000100',
    },
    { who: 'Ana R.', text: 'yes but I have a fever', replyClass: 'unexpected', answer: null, at: AT, permalink: null },
    { who: 'Mei C.', text: 'Yes, thank you!', replyClass: 'expected', answer: 'YES', at: AT, permalink: null },
  ],
};

export const homePage: HomePage = {
  may: { send: true, import: true, write: true, read: true, control: true, stopAll: true },
  stopped: null,
  clinicName: 'Lakeside Clinic',
  patients: 1204,
  running: [
    {
      campaignId: 12,
      name: 'Second dose',
      state: 'RUNNING',
      recipients: 180,
      counts: runningCard.counts,
      startAt: null,
    },
    {
      campaignId: 13,
      name: 'Flu shots',
      state: 'SCHEDULED',
      recipients: 40,
      counts: { ...NONE, queued: 40 },
      startAt: AT,
    },
  ],
  waiting: [
    {
      campaignId: 14,
      name: 'Flu shots',
      recipients: 140,
      requestedBy: 'U0SENDER1',
      askedAt: AT,
      permalink: 'https://clinic.slack.com/archives/C0APPROVALS/p1700000000000100',
    },
  ],
  openCount: 2,
  openConversations: [
    { who: 'Omar D.', at: AT, permalink: 'https://clinic.slack.com/archives/C0REPLIES/p1700000000000100' },
    { who: 'Ana R.', at: null, permalink: null },
  ],
  windows: [
    { zone: 'America/Chicago', open: true, until: new Date('2026-03-04T03:00:00Z') },
    { zone: 'Pacific/Honolulu', open: false, until: new Date('2026-03-03T17:00:00Z') },
  ],
  hours: '07:00–21:00',
};
