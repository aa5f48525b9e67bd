import { useCallback, useEffect, useState } from 'react';
import type { ClockReading } from '../../contract';
import { clock } from '../api/clock';

export interface SandboxClock {
  readonly now: Date;
  readonly offsetMs: number;
  readonly move: (to: { now: string } | { advanceMs: number }) => Promise<void>;
}

const POLL_MS = 2000;

/**
 * The sandbox's clock, ticking. It is asked for every two seconds instead of being streamed: two windows side by side
 * with three streams each would use up the six connections that a browser opens to one address.
 */
export function useClock(): SandboxClock {
  const [offsetMs, setOffset] = useState(0);
  const [real, setReal] = useState(() => Date.now());
  const take = useCallback((reading: ClockReading) => {
    setOffset(Date.parse(reading.now) - Date.now());
    setReal(Date.now());
  }, []);
  useEffect(() => {
    const read = (): void => void (document.hidden || clock.read().then(take, () => undefined));
    read();
    const poll = setInterval(read, POLL_MS);
    const tick = setInterval(() => setReal(Date.now()), 1000);
    return () => {
      clearInterval(poll);
      clearInterval(tick);
    };
  }, [take]);
  const move = useCallback(async (to: { now: string } | { advanceMs: number }) => take(await clock.move(to)), [take]);
  return { now: new Date(real + offsetMs), offsetMs, move };
}
