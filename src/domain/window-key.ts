import type { TimeZone } from './time-zone';

/**
 * What decides when a patient may be texted: the candidate zones, and the US states whose hours hold. Messages carry it as
 * one string (`America/Chicago,America/Denver|SD`), so that the window is computed once for each and not for each message.
 */
export interface WindowKeyParts {
  readonly zones: readonly TimeZone[];
  /** Two letters each; empty when not known. */
  readonly states: readonly string[];
}

const sorted = (list: readonly string[]): string => [...new Set(list)].sort().join(',');

export const windowKey = ({ zones, states }: WindowKeyParts): string =>
  states.length === 0 ? sorted(zones) : `${sorted(zones)}|${sorted(states)}`;

export const readWindowKey = (key: string): WindowKeyParts => {
  const [zones = '', states = ''] = key.split('|');
  const list = (text: string): string[] => text.split(',').filter((part) => part !== '');
  return { zones: list(zones), states: list(states) };
};
