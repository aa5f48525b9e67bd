import { useState, type KeyboardEvent } from 'react';
import { hintsFor, type COMMANDS } from './commands';

interface Hints {
  readonly hints: typeof COMMANDS;
  /** Which one the arrow keys are at; -1 for none. */
  readonly pointed: number;
  readonly reset: () => void;
  /** True if the key was meant for the hints. */
  readonly onKey: (e: KeyboardEvent) => boolean;
}

/** Commands offered for what is typed so far: the arrows point, Tab takes the first, and Enter takes only a pointed one. */
export function useHints(text: string, isOffered: boolean, take: (command: string) => void): Hints {
  const [pointed, setPointed] = useState(-1);
  const hints = isOffered ? hintsFor(text) : [];
  const step = (key: string): void => {
    if (key === 'ArrowDown') setPointed((pointed + 1) % hints.length);
    else setPointed(pointed <= 0 ? hints.length - 1 : pointed - 1);
  };
  const onKey = (e: KeyboardEvent): boolean => {
    if (hints.length === 0) return false;
    const isArrow = e.key === 'ArrowDown' || e.key === 'ArrowUp';
    const chosen = hints[pointed] ?? (e.key === 'Tab' ? hints[0] : undefined);
    const isTaken = (e.key === 'Enter' || e.key === 'Tab') && chosen !== undefined;
    if (isArrow) step(e.key);
    if (isTaken) {
      setPointed(-1);
      take(chosen.text);
    }
    if (isArrow || isTaken) e.preventDefault();
    return isArrow || isTaken;
  };
  return { hints, pointed, reset: () => setPointed(-1), onKey };
}
