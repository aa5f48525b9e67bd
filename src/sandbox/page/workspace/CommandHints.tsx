import type { COMMANDS } from './commands';

interface Props {
  readonly hints: typeof COMMANDS;
  readonly pointed: number;
  readonly take: (command: string) => void;
}

export function CommandHints({ hints, pointed, take }: Props) {
  return (
    <ul className="hints" role="listbox" aria-label="Commands" data-testid="command-hints">
      {hints.map((hint, index) => (
        <li key={hint.text} role="option" aria-selected={index === pointed}>
          {/* Pressing must not take the focus from the message box. */}
          <button type="button" tabIndex={-1} onMouseDown={(e) => e.preventDefault()} onClick={() => take(hint.text)}>
            <code>{hint.text}</code> <span>{hint.does}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}
