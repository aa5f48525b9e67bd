import { useRef, useState } from 'react';
import { useOutsideClick } from '../lib/use-outside-click';
import { atWallTime, format, momentOf, nextWallTime } from '../lib/time';

interface Props {
  readonly now: Date;
  readonly zone: string;
  readonly busy: boolean;
  readonly move: (to: { now: string } | { advanceMs: number }) => void;
}

export function ClockButtons({ now, zone, busy, move }: Props) {
  const to = (moment: Date): void => move({ now: moment.toISOString() });
  const buttons: readonly [id: string, label: string, does: () => void][] = [
    ['plus-minute', '+1 min', () => move({ advanceMs: 60_000 })],
    ['plus-hour', '+1 hour', () => move({ advanceMs: 3_600_000 })],
    ['to-2058', 'to 20:58', () => to(nextWallTime(now, zone, '20:58'))],
    ['to-0700', 'to tomorrow 07:00', () => to(atWallTime(now, zone, 1, '07:00'))],
  ];
  return (
    <>
      {buttons.map(([id, label, does]) => (
        <button
          key={id}
          type="button"
          className="bar-button"
          data-testid={`clock-${id}`}
          disabled={busy}
          onClick={does}
        >
          {label}
        </button>
      ))}
      <CustomTime now={now} zone={zone} go={to} />
    </>
  );
}

function CustomTime({ now, zone, go }: { now: Date; zone: string; go: (moment: Date) => void }) {
  const [open, setOpen] = useState(false);
  const [typed, setTyped] = useState('');
  const box = useRef<HTMLDivElement>(null);
  useOutsideClick(box, open, () => setOpen(false));
  const show = (): void => {
    setTyped(format(now, zone, "yyyy-MM-dd'T'HH:mm"));
    setOpen(!open);
  };
  return (
    <div className="menu-anchor" ref={box} onKeyDown={(e) => e.key === 'Escape' && setOpen(false)}>
      <button type="button" className="bar-button" aria-expanded={open} data-testid="clock-custom" onClick={show}>
        to…
      </button>
      {open && (
        <form
          className="menu clock-menu"
          onSubmit={(e) => {
            e.preventDefault();
            if (typed) go(momentOf(typed, zone));
            setOpen(false);
          }}
        >
          <label htmlFor="clock-custom-time">Move the clock forward to</label>
          <input
            id="clock-custom-time"
            type="datetime-local"
            className="field"
            data-testid="clock-custom-time"
            value={typed}
            onChange={(e) => setTyped(e.target.value)}
          />
          <button type="submit" className="btn btn-primary btn-small" data-testid="clock-custom-go">
            Go
          </button>
        </form>
      )}
    </div>
  );
}
