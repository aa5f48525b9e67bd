import type { CampaignFacts } from '../../domain/cards/card';
import type { PlannedPlace } from '../../domain/send-plan';
import { cityOf, count, name, plural, when } from './words';

/** When a send would go, place by place, and whether it ends before texting closes. */

const MOST_PLACES = 6;

export const planLines = ({ plan, rate, timeZone, atClose }: CampaignFacts): string[] => {
  if (plan.length === 0) return [];
  const speed = rate === 0 ? '' : ` at ${plural(rate, 'segment')} a second`;
  const hidden = plan.slice(MOST_PLACES);
  return [
    `*When*${speed}`,
    ...plan.slice(0, MOST_PLACES).map((place) => placeLine(place, timeZone)),
    ...(hidden.length === 0
      ? []
      : [`• ${plural(hidden.length, 'other place')}: ${count(sum(hidden, ({ recipients }) => recipients))}`]),
    closingLine(plan, { timeZone, atClose }),
  ];
};

const placeLine = (place: PlannedPlace, timeZone: string): string => {
  const where = place.zones.map((zone) => name(cityOf(zone), 40)).join(' or ') || 'unknown place';
  return `• ${where}: ${count(place.recipients)}, ${timesOf(place, timeZone)}`;
};

const timesOf = ({ startsAt, endsAt }: PlannedPlace, timeZone: string): string => {
  if (startsAt === null) return '⚠️ texting does not open within 30 days';
  if (endsAt === null) return `from ${when(startsAt, timeZone)}, and more than 30 days`;
  const minutes = (endsAt.getTime() - startsAt.getTime()) / 60_000;
  return minutes < 1
    ? `at ${when(startsAt, timeZone)}`
    : `from ${when(startsAt, timeZone)} to ${when(endsAt, timeZone)}`;
};

const closingLine = (
  plan: readonly PlannedPlace[],
  { timeZone, atClose }: Pick<CampaignFacts, 'timeZone' | 'atClose'>,
): string => {
  const late = sum(plan, (place) => place.late);
  const closings = plan.flatMap(({ late: some, closesAt }) => (some > 0 && closesAt ? [closesAt.getTime()] : []));
  if (late === 0) return plan.some(({ startsAt }) => startsAt === null) ? '' : 'All of it goes before texting closes.';
  const closes = closings.length === 0 ? '' : ` (${when(new Date(Math.min(...closings)), timeZone)})`;
  const what = atClose === 'EXPIRE' ? 'and will not be sent, as you chose' : 'and go on the next morning';
  return `⚠️ About ${plural(late, 'patient')} would still wait when texting closes${closes}, ${what}.`;
};

const sum = <T>(list: readonly T[], of: (one: T) => number): number => list.reduce((all, one) => all + of(one), 0);
