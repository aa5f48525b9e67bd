import type { InputBlock, ModalView } from '@slack/types';
import {
  type ConversationSettings,
  readClinicHours,
  readEmergencyWords,
  readOnCall,
} from '../../../domain/conversation-settings';
import { formatWeek } from '../../../domain/texting-rules';
import { VIEWS } from '../action-ids';
import { plain } from '../elements';
import { input, option } from './inputs';
import { chosenIn, typedIn, type ViewValues } from './view-values';

const BLOCKS = {
  words: 'conversations_words',
  onCall: 'conversations_on_call',
  threads: 'conversations_threads',
  hours: 'conversations_hours',
  reminder: 'conversations_reminder',
} as const;

const THREADS = {
  all: option('All replies', 'all'),
  unexpected: option('Unexpected ones only; expected ones are counted', 'unexpected'),
} as const;

/** How replies are read, shown and answered. */
export const conversationSettingsForm = (now: ConversationSettings): ModalView => ({
  type: 'modal',
  callback_id: VIEWS.conversationSettings,
  title: plain('Replies', 24),
  submit: plain('Save', 24),
  close: plain('Cancel', 24),
  blocks: [...whatIsUrgent(now), ...whoHears(now)],
});

const whatIsUrgent = ({ emergencyWords, onCall }: ConversationSettings): InputBlock[] => [
  input({
    block: BLOCKS.words,
    label: 'Emergency words',
    hint: 'One a line, in any language. A reply that holds one is urgent 🔴. A * at the end stands for any ending.',
    element: { type: 'plain_text_input', multiline: true, initial_value: emergencyWords.join('\n').slice(0, 3000) },
  }),
  input({
    block: BLOCKS.onCall,
    label: 'On call',
    hint: 'A member id (U…) or user-group id (S…), mentioned beside each urgent reply. Empty: nobody.',
    optional: true,
    element: { type: 'plain_text_input', ...(onCall !== null && { initial_value: onCall }) },
  }),
];

const whoHears = ({ replyThreads, clinicHours, reminderHours }: ConversationSettings): InputBlock[] => [
  input({
    block: BLOCKS.threads,
    label: 'Replies that get a thread',
    element: {
      type: 'static_select',
      options: [THREADS.all, THREADS.unexpected],
      initial_option: THREADS[replyThreads],
    },
  }),
  input({
    block: BLOCKS.hours,
    label: 'Clinic hours',
    hint: 'Mon-Fri 08:00-17:00, Sat 09:00-12:00. Outside them patients get one automatic answer in 12 hours. Empty: none.',
    optional: true,
    element: {
      type: 'plain_text_input',
      ...(clinicHours !== null && { initial_value: formatWeek(clinicHours) }),
    },
  }),
  input({
    block: BLOCKS.reminder,
    label: 'Remind after hours',
    hint: 'When nobody has taken an unexpected reply for so many hours. 0: never.',
    element: { type: 'plain_text_input', initial_value: String(reminderHours) },
  }),
];

export type ConversationSettingsRead =
  | { readonly ok: true; readonly changes: Omit<ConversationSettings, 'routes'> }
  | { readonly ok: false; readonly errors: Record<string, string> };

/** What was filled in, or what is wrong with it, field by field. */
export function readConversationSettingsForm(values: ViewValues): ConversationSettingsRead {
  const words = readEmergencyWords(typedIn(values, BLOCKS.words));
  const onCall = readOnCall(typedIn(values, BLOCKS.onCall));
  const hours = readClinicHours(typedIn(values, BLOCKS.hours));
  const reminderHours = Number(typedIn(values, BLOCKS.reminder).trim().replace(',', '.') || NaN);
  const errors: Record<string, string> = {};
  if (!words.ok) errors[BLOCKS.words] = words.problem;
  if (onCall === undefined)
    errors[BLOCKS.onCall] = 'Not an id. Copy it in Slack: profile, ⋮, “Copy member ID”; for a group, “Copy group ID”.';
  if (!hours.ok) errors[BLOCKS.hours] = hours.problem;
  const isHours = reminderHours >= 0 && reminderHours <= 168;
  if (!isHours) errors[BLOCKS.reminder] = 'Write a number of hours from 0 to 168.';
  if (!words.ok || onCall === undefined || !hours.ok || !isHours) return { ok: false, errors };
  const replyThreads = chosenIn(values, BLOCKS.threads) === 'unexpected' ? 'unexpected' : 'all';
  return {
    ok: true,
    changes: { emergencyWords: words.words, onCall, replyThreads, clinicHours: hours.week, reminderHours },
  };
}
