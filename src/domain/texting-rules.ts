import { z } from 'zod';
import { parseTextingWindow, type TextingHours, type TextingWindow } from './texting-window';

/** What a text is: campaigns and 1-to-1 texts may have hours of their own. */
export type TextKind = 'campaign' | 'conversation';

/** All of a clinic's texting hours, as its settings have them. */
export interface TextingRules {
  readonly base: TextingHours;
  /** Hours of one kind of text, instead of the base. */
  readonly byKind: Readonly<Partial<Record<TextKind, TextingHours>>>;
  /** Two letters of a US state → hours that patients there must be in as well: states' laws narrow, never widen. */
  readonly byState: Readonly<Record<string, TextingHours>>;
}

const later = (a: TextingWindow, b: TextingWindow): TextingWindow | null => {
  const open = Math.max(a.open, b.open);
  const close = Math.min(a.close, b.close);
  return open < close ? { open, close } : null;
};

/** Open only where both are open. */
export const bothOpen = (a: TextingHours, b: TextingHours): TextingHours => ({
  week: a.week.map((window, day) => {
    const other = b.week[day] ?? null;
    return window === null || other === null ? null : later(window, other);
  }),
  darkDays: new Set([...a.darkDays, ...b.darkDays]),
});

/** The hours that hold for one kind of text to a patient in this state (two letters; null = not known). */
export const hoursFor = (rules: TextingRules, kind: TextKind, state: string | null): TextingHours => {
  const hours = rules.byKind[kind] ?? rules.base;
  const ofState = state === null || !Object.hasOwn(rules.byState, state) ? undefined : rules.byState[state];
  return ofState ? bothOpen(hours, ofState) : hours;
};

/** Seven windows as text, Sunday first; `closed` for a day without texting. */
const week = z.array(z.string()).length(7);

/** As the settings keep them: plain JSON, hours as people write them. */
export const storedRules = z.object({
  week,
  darkDays: z.array(z.iso.date()),
  campaign: week.nullable(),
  conversation: week.nullable(),
  states: z.record(z.string().regex(/^[A-Z]{2}$/), z.string()),
});
export type StoredRules = z.infer<typeof storedRules>;

const windowOf = (text: string): TextingWindow | null => (text === 'closed' ? null : parseTextingWindow(text));

/** @throws AppError BAD_TEXTING_WINDOW */
export const rulesOf = (stored: StoredRules): TextingRules => {
  const darkDays = new Set(stored.darkDays);
  const hours = (days: readonly string[]): TextingHours => ({ week: days.map(windowOf), darkDays });
  return {
    base: hours(stored.week),
    byKind: {
      ...(stored.campaign && { campaign: hours(stored.campaign) }),
      ...(stored.conversation && { conversation: hours(stored.conversation) }),
    },
    byState: Object.fromEntries(
      Object.entries(stored.states).map(([state, window]) => [
        state,
        { week: Array.from({ length: 7 }, () => windowOf(window)), darkDays: new Set<string>() },
      ]),
    ),
  };
};

/** The same window every day, for every kind of text, in every state: what an installation begins with. */
export const simpleRules = (window: string): StoredRules => ({
  week: Array.from({ length: 7 }, () => window),
  darkDays: [],
  campaign: null,
  conversation: null,
  states: {},
});

const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'] as const;

/** `Mon-Fri 08:00-20:00, Sat 09:00-12:00, Sun closed`: each run of days with the same hours once, Monday first. */
export const formatWeek = (days: readonly string[]): string => {
  const order = [1, 2, 3, 4, 5, 6, 0];
  const runs: { from: number; to: number; hours: string }[] = [];
  for (const day of order) {
    const hours = days[day] ?? 'closed';
    const last = runs.at(-1);
    if (last?.hours === hours) last.to = day;
    else runs.push({ from: day, to: day, hours });
  }
  const [only] = runs;
  if (only && runs.length === 1) return only.hours;
  const name = (day: number): string => DAYS[day] ?? '';
  return runs
    .map(({ from, to, hours }) => `${from === to ? name(from) : `${name(from)}-${name(to)}`} ${hours}`)
    .join(', ');
};

export type ParsedWeek =
  { readonly ok: true; readonly week: string[] } | { readonly ok: false; readonly problem: string };

/**
 * Reads what {@link formatWeek} writes: `07:00-21:00` for every day, or days with their hours. A day that is not named
 * is closed.
 */
export const parseWeek = (text: string): ParsedWeek => {
  const days = Array.from({ length: 7 }, () => 'closed');
  const parts = text
    .split(/[,;\n]/)
    .map((part) => part.trim())
    .filter((part) => part !== '');
  if (parts.length === 0)
    return { ok: false, problem: 'Write hours like 07:00-21:00, or Mon-Fri 08:00-20:00, Sat 09:00-12:00.' };
  for (const part of parts) {
    const problem = readPart(part, days);
    if (problem !== null) return { ok: false, problem };
  }
  return { ok: true, week: days };
};

function readPart(part: string, days: string[]): string | null {
  const [, from, to, hours = ''] = /^(?:([a-z]{3})[a-z]*(?:\s*-\s*([a-z]{3})[a-z]*)?\s+)?(.+)$/i.exec(part) ?? [];
  const first = from === undefined ? 0 : dayOf(from);
  const last = from === undefined ? 6 : to === undefined ? first : dayOf(to);
  if (first < 0 || last < 0)
    return `“${part}” is not understood. Write hours like 07:00-21:00, or days with theirs: Mon-Fri 08:00-20:00.`;
  const written = hours.trim().toLowerCase();
  if (written !== 'closed') {
    try {
      parseTextingWindow(written);
    } catch (error) {
      return error instanceof Error && 'userMessage' in error
        ? String(error.userMessage)
        : `“${part}” is not understood.`;
    }
  }
  for (let day = first; ; day = (day + 1) % 7) {
    days[day] = written;
    if (day === last) return null;
  }
}

const dayOf = (name: string): number => DAYS.findIndex((day) => day.toLowerCase() === name.slice(0, 3).toLowerCase());
