import type { ModalView } from '@slack/types';
import { AppError } from '../../../domain/errors';
import { stateOf } from '../../../domain/patient-file/place';
import { formatWeek, parseWeek, type StoredRules } from '../../../domain/texting-rules';
import { formatTextingWindow, parseTextingWindow } from '../../../domain/texting-window';
import { VIEWS } from '../action-ids';
import { plain } from '../elements';
import { input } from './inputs';
import { typedIn, type ViewValues } from './view-values';

const BLOCKS = {
  week: 'hours_week',
  campaign: 'hours_campaign',
  conversation: 'hours_conversation',
  states: 'hours_states',
  darkDays: 'hours_dark_days',
} as const satisfies Record<keyof StoredRules, string>;

type Errors = Partial<Record<keyof StoredRules, string>>;

const field = (
  block: keyof StoredRules,
  { label, hint, value, lines = false }: { label: string; hint: string; value: string; lines?: boolean },
) =>
  input({
    block: BLOCKS[block],
    label,
    hint,
    optional: block !== 'week',
    element: {
      type: 'plain_text_input',
      multiline: lines,
      ...(value !== '' && { initial_value: value.slice(0, 3000) }),
    },
  });

/** To change the texting hours: on the patient's own wall clock, closing time exclusive. */
export const hoursForm = (now: StoredRules): ModalView => ({
  type: 'modal',
  callback_id: VIEWS.hours,
  title: plain('Texting hours', 24),
  submit: plain('Save', 24),
  close: plain('Cancel', 24),
  blocks: [
    field('week', {
      label: 'Hours',
      hint: 'Where the patient is. 07:00-21:00, or by day: Mon-Fri 08:00-20:00, Sat 09:00-12:00, Sun closed.',
      value: formatWeek(now.week),
    }),
    field('campaign', {
      label: 'Hours for sends, if they differ',
      hint: 'The same way of writing. Empty: as above.',
      value: now.campaign ? formatWeek(now.campaign) : '',
    }),
    field('conversation', {
      label: 'Hours for 1-to-1 texts, if they differ',
      hint: 'Who has just written may be answered for 30 minutes whatever the hour.',
      value: now.conversation ? formatWeek(now.conversation) : '',
    }),
    field('states', {
      label: 'Narrower hours by state',
      hint: 'One a line: FL 08:00-20:00. They narrow the hours above for patients in that state.',
      value: Object.entries(now.states)
        .map(([state, window]) => `${state} ${window}`)
        .join('\n'),
      lines: true,
    }),
    field('darkDays', {
      label: 'Dark days',
      hint: 'Days on which nobody is texted, one a line: 2026-12-25.',
      value: now.darkDays.join('\n'),
      lines: true,
    }),
  ],
});

export type HoursRead =
  { readonly ok: true; readonly hours: StoredRules } | { readonly ok: false; readonly errors: Record<string, string> };

/** What was filled in, or what is wrong with it, field by field. */
export function readHoursForm(values: ViewValues): HoursRead {
  const errors: Errors = {};
  const reading = <T>(name: keyof StoredRules, read: (text: string) => T, otherwise: T): T => {
    try {
      return read(typedIn(values, BLOCKS[name]).trim());
    } catch (error) {
      errors[name] = error instanceof AppError ? error.userMessage : 'This is not understood.';
      return otherwise;
    }
  };
  const hours: StoredRules = {
    week: reading('week', weekIn, []),
    campaign: reading('campaign', (text) => (text === '' ? null : weekIn(text)), null),
    conversation: reading('conversation', (text) => (text === '' ? null : weekIn(text)), null),
    states: reading('states', statesIn, {}),
    darkDays: reading('darkDays', datesIn, []),
  };
  const byBlock = Object.entries(errors).map(([name, error]) => [BLOCKS[name as keyof StoredRules], error]);
  return byBlock.length === 0
    ? { ok: true, hours }
    : { ok: false, errors: Object.fromEntries(byBlock) as Record<string, string> };
}

const wrong = (userMessage: string): AppError =>
  new AppError('BAD_HOURS', { message: 'hours not understood', userMessage });

const weekIn = (text: string): string[] => {
  const read = parseWeek(text);
  if (!read.ok) throw wrong(read.problem);
  return read.week;
};

const linesOf = (text: string): string[] =>
  text
    .split(/\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '');

const statesIn = (text: string): Record<string, string> =>
  Object.fromEntries(
    linesOf(text).map((line) => {
      const [, name = '', window = ''] = /^(.*?)[:\s]+(\d{1,2}:\d{2}\s*[-–]\s*\d{1,2}:\d{2}|closed)$/i.exec(line) ?? [];
      const state = stateOf(name);
      if (state === null) throw wrong(`“${line}” is not understood. Write a state and its hours: FL 08:00-20:00`);
      return [state, window.toLowerCase() === 'closed' ? 'closed' : formatTextingWindow(parseTextingWindow(window))];
    }),
  );

const datesIn = (text: string): string[] =>
  linesOf(text).map((line) => {
    const at = new Date(`${line}T00:00:00Z`);
    const isDate = /^\d{4}-\d{2}-\d{2}$/.test(line) && !Number.isNaN(at.getTime()) && at.toISOString().startsWith(line);
    if (!isDate) throw wrong(`“${line}” is not a date. Write it like 2026-12-25.`);
    return line;
  });
