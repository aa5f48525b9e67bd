import { bothOpen, hoursFor, type TextingRules, type TextKind } from './texting-rules';
import { closesAt, isOpen, nextOpening, type TextingHours } from './texting-window';
import { readWindowKey } from './window-key';

export interface WindowState {
  readonly open: boolean;
  /** When this changes; null = not within a year. */
  readonly until: Date | null;
}

/** The hours that hold for a window key: in every one of its states. */
export const hoursOfKey = (rules: TextingRules, key: string, kind: TextKind): TextingHours => {
  const [first, ...others] = readWindowKey(key).states;
  const hours = hoursFor(rules, kind, first ?? null);
  return others.reduce((all, state) => bothOpen(all, hoursFor(rules, kind, state)), hours);
};

/**
 * Whether the texting window is open for a window key, remembered until it changes: millions of recipients have a few
 * dozen keys, and the walk over wall clocks is done once for each.
 */
export class WindowWatch {
  private readonly known = new Map<string, WindowState & { readonly from: number }>();
  private seen: TextingRules | undefined;

  /** @param rules the clinic's rules of this moment; the same object until they change */
  constructor(private readonly rules: () => TextingRules) {}

  at(key: string, now: Date, kind: TextKind): WindowState {
    const rules = this.rules();
    if (rules !== this.seen) this.known.clear();
    this.seen = rules;
    const name = `${kind} ${key}`;
    const known = this.known.get(name);
    if (known && now.getTime() >= known.from && (known.until === null || now < known.until)) return known;
    const hours = hoursOfKey(rules, key, kind);
    const { zones } = readWindowKey(key);
    const open = isOpen(hours, zones, now);
    const until = open ? closesAt(hours, zones, now) : nextOpening(hours, zones, now);
    const state = { open, until, from: now.getTime() };
    this.known.set(name, state);
    return state;
  }
}
