import { formatInTimeZone, fromZonedTime } from 'date-fns-tz';

export const ZONES: readonly { readonly id: string; readonly label: string }[] = [
  { id: 'America/New_York', label: 'Eastern' },
  { id: 'America/Chicago', label: 'Central' },
  { id: 'America/Denver', label: 'Mountain' },
  { id: 'America/Phoenix', label: 'Arizona' },
  { id: 'America/Los_Angeles', label: 'Pacific' },
  { id: 'America/Anchorage', label: 'Alaska' },
  { id: 'Pacific/Honolulu', label: 'Hawaii' },
  { id: 'America/Puerto_Rico', label: 'Puerto Rico' },
  { id: 'Pacific/Guam', label: 'Guam' },
];

const DAY_MS = 86_400_000;

export function format(at: Date, zone: string, pattern: string): string {
  return formatInTimeZone(at, zone, pattern);
}

/** `2026-11-05T20:58` on a wall in that zone, as a moment. */
export function momentOf(wallClock: string, zone: string): Date {
  return fromZonedTime(wallClock, zone);
}

/** The same wall-clock time some calendar days later (days of 23 and 25 hours included). */
export function atWallTime(now: Date, zone: string, days: number, hhmm: string): Date {
  const noon = momentOf(`${format(now, zone, 'yyyy-MM-dd')}T12:00`, zone);
  return momentOf(`${format(new Date(noon.getTime() + days * DAY_MS), zone, 'yyyy-MM-dd')}T${hhmm}`, zone);
}

/** Today at that time, or tomorrow if it has passed. */
export function nextWallTime(now: Date, zone: string, hhmm: string): Date {
  const today = atWallTime(now, zone, 0, hhmm);
  return today > now ? today : atWallTime(now, zone, 1, hhmm);
}

export function dateOfTs(ts: string): Date {
  return new Date(Number(ts) * 1000);
}

/** `3 days 4 h ahead`, for the distance between the sandbox's clock and this machine's. */
export function distance(offsetMs: number): string {
  const minutes = Math.round(Math.abs(offsetMs) / 60_000);
  if (minutes === 0) return 'same as real time';
  const parts = [
    [Math.floor(minutes / 1440), 'd'],
    [Math.floor((minutes % 1440) / 60), 'h'],
    [minutes % 60, 'min'],
  ] as const;
  const words = parts.filter(([n]) => n > 0).map(([n, unit]) => `${n} ${unit}`);
  return `${words.join(' ')} ${offsetMs > 0 ? 'ahead of' : 'behind'} real time`;
}
