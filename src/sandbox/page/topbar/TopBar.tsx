import { useState } from 'react';
import { distance, format, ZONES } from '../lib/time';
import { useClock } from '../state/use-clock';
import { ClockButtons } from './ClockButtons';

interface Props {
  readonly zone: string;
  readonly setZone: (zone: string) => void;
  readonly guideOpen: boolean;
  readonly toggleGuide: () => void;
  readonly reached: boolean;
  readonly complain: (problem: string) => void;
}

/** Ticks every second, and therefore keeps the clock to itself: the workspace need not be drawn anew for it. */
export function TopBar({ zone, setZone, guideOpen, toggleGuide, reached, complain }: Props) {
  const clock = useClock();
  const [moving, setMoving] = useState(false);
  const move = async (to: { now: string } | { advanceMs: number }): Promise<void> => {
    setMoving(true);
    await clock.move(to).catch((error: unknown) => complain(error instanceof Error ? error.message : String(error)));
    setMoving(false);
  };
  return (
    <header className="topbar">
      <div className="brand">
        <span className="brand-mark" aria-hidden="true">
          💬
        </span>
        <span>
          CareThread <small>sandbox</small>
        </span>
      </div>
      {!reached && (
        <span className="offline" role="status">
          Reconnecting…
        </span>
      )}
      <div className="clock" role="group" aria-label="The sandbox's clock">
        <span className="clock-face">
          <time data-testid="clock-now" data-now={clock.now.toISOString()} dateTime={clock.now.toISOString()}>
            {format(clock.now, zone, 'EEE, MMM d, HH:mm:ss')}
          </time>
          <small data-testid="clock-offset">{distance(clock.offsetMs)}</small>
        </span>
        <select aria-label="Time zone" data-testid="clock-zone" value={zone} onChange={(e) => setZone(e.target.value)}>
          {ZONES.map((z) => (
            <option key={z.id} value={z.id}>
              {z.label}
            </option>
          ))}
        </select>
        <ClockButtons now={clock.now} zone={zone} busy={moving} move={(to) => void move(to)} />
      </div>
      <button
        type="button"
        className="bar-button"
        aria-expanded={guideOpen}
        data-testid="guide-toggle"
        onClick={toggleGuide}
      >
        {guideOpen ? 'Hide guide' : 'Try this'}
      </button>
    </header>
  );
}
