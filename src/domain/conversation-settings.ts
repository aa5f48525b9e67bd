import { z } from 'zod';
import { DEFAULT_EMERGENCY_WORDS } from './emergency-words';
import { parseWeek, rulesOf, simpleRules, type TextingRules } from './texting-rules';

/** Whose replies go to a channel of their own. */
const route = z.object({ of: z.enum(['campaign', 'template', 'group']), id: z.number().int(), channel: z.string() });
export type ReplyRoute = z.infer<typeof route>;

/** How a clinic wants its conversations; changed by admins in Slack, kept as JSON. */
export const conversationSettings = z.object({
  /** See emergency-words.ts. */
  emergencyWords: z.array(z.string()),
  /** A person or a user group, mentioned beside each urgent reply; null = nobody. */
  onCall: z
    .string()
    .regex(/^[UWS]\w+$/)
    .nullable(),
  /** `unexpected`: expected replies are only counted, and read in the report. */
  replyThreads: z.enum(['all', 'unexpected']),
  /** After so many hours a reply that nobody took is reminded of; 0 = never. */
  reminderHours: z.number().min(0).max(168),
  /** When the clinic answers, as seven windows, Sunday first; null = not told, and then nothing is answered by itself. */
  clinicHours: z.array(z.string()).length(7).nullable(),
  routes: z.array(route),
});
export type ConversationSettings = z.infer<typeof conversationSettings>;

export const initialConversationSettings = (replyThreads: 'all' | 'unexpected'): ConversationSettings => ({
  emergencyWords: [...DEFAULT_EMERGENCY_WORDS],
  onCall: null,
  replyThreads,
  reminderHours: 4,
  clinicHours: null,
  routes: [],
});

/** The clinic's hours as texting hours are kept, so that the same rules find the next opening. */
export const clinicHoursOf = ({ clinicHours }: ConversationSettings): TextingRules | null =>
  clinicHours === null ? null : rulesOf({ ...simpleRules('00:00-24:00'), week: clinicHours });

/** What a reply has to do with: the newest send that it answers, and the groups of the number's patients. */
export interface ReplyOrigin {
  readonly campaignId: number | null;
  readonly templateId: number | null;
  readonly groupIds: readonly number[];
}

/** The channel of a reply: a route of its send, else of its template, else of a group; null = the usual one. */
export const channelFor = (routes: readonly ReplyRoute[], origin: ReplyOrigin): string | null => {
  const by = (of: ReplyRoute['of'], ids: readonly (number | null)[]): string | undefined =>
    routes.find((one) => one.of === of && ids.includes(one.id))?.channel;
  return (
    by('campaign', [origin.campaignId]) ?? by('template', [origin.templateId]) ?? by('group', origin.groupIds) ?? null
  );
};

/** At most one automatic answer to a number in this time, in ms. */
const AFTER_HOURS_PAUSE_MS = 12 * 3_600_000;

export const afterHoursAnswerIsDue = (lastAnswerAt: Date | null, now: Date): boolean =>
  lastAnswerAt === null || now.getTime() - lastAnswerAt.getTime() >= AFTER_HOURS_PAUSE_MS;

export type WordsRead =
  { readonly ok: true; readonly words: string[] } | { readonly ok: false; readonly problem: string };

const LONGEST_WORDS = 80;

/** Emergency words as admins type them: one a line, or separated by commas. */
export const readEmergencyWords = (typed: string): WordsRead => {
  const words = [...new Set(typed.split(/[\n,;]/).map((word) => word.replace(/\s+/g, ' ').trim()))].filter(Boolean);
  if (words.length === 0) return { ok: false, problem: 'Without a word nothing would be urgent. Keep at least one.' };
  const wrong = words.find((word) => word.length > LONGEST_WORDS || !/[\p{L}\p{N}]/u.test(word));
  return wrong === undefined
    ? { ok: true, words }
    : {
        ok: false,
        problem: `“${wrong.slice(0, 40)}” is no word. Write one a line; a * at the end stands for any ending.`,
      };
};

/** The on-call person as admins type or paste it: `U02AB3CD4`, `S0613TZR5`, `<@U02AB3CD4>`; empty = nobody; undefined = none of these. */
export const readOnCall = (typed: string): string | null | undefined => {
  const bare = typed.trim();
  if (bare === '') return null;
  return /^(?:<(?:@|!subteam\^))?([UWS][A-Z0-9]{2,})(?:\|[^>]*)?>?$/.exec(bare)?.[1];
};

/** Hours of the clinic as admins type them; empty = none told. */
export const readClinicHours = (
  typed: string,
): { readonly ok: true; readonly week: string[] | null } | { readonly ok: false; readonly problem: string } =>
  typed.trim() === '' ? { ok: true, week: null } : parseWeek(typed);
