import { closesAt, isOpen, nextOpening, type TextingHours } from './texting-window';
import type { TimeZone } from './time-zone';

/** Candidate zones as a message carries them: names, comma separated. */
export const zonesOfSet = (zoneSet: string): TimeZone[] => zoneSet.split(',').filter((zone) => zone !== '');

export interface WindowState {
  readonly open: boolean;
  /** When this changes; null = not within a year. */
  readonly until: Date | null;
}

/**
 * Whether the texting window is open for a set of candidate zones, remembered until it changes: millions of recipients
 * have a few dozen sets, and the walk over wall clocks is done once for each.
 */
export class WindowWatch {
  private readonly known = new Map<string, WindowState & { readonly from: number }>();

  constructor(private readonly hours: TextingHours) {}

  at(zoneSet: string, now: Date): WindowState {
    const known = this.known.get(zoneSet);
    if (known && now.getTime() >= known.from && (known.until === null || now < known.until)) return known;
    const zones = zonesOfSet(zoneSet);
    const open = isOpen(this.hours, zones, now);
    const until = open ? closesAt(this.hours, zones, now) : nextOpening(this.hours, zones, now);
    const state = { open, until, from: now.getTime() };
    this.known.set(zoneSet, state);
    return state;
  }
}
