import { useEffect, useRef, type KeyboardEvent, type ReactNode } from 'react';

interface Props {
  readonly title: string;
  readonly testId: string;
  readonly small?: boolean;
  readonly hidden?: boolean;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/** A modal's frame: dims the page, keeps the keyboard inside, closes on Esc. */
export function Dialog({ title, testId, small, hidden, onClose, children }: Props) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (hidden) return;
    const inside = box.current?.contains(document.activeElement);
    if (!inside) (box.current?.querySelector<HTMLElement>('input, textarea, select') ?? box.current)?.focus();
  }, [hidden]);
  const onKeyDown = (e: KeyboardEvent): void => {
    if (e.key === 'Escape') {
      e.stopPropagation();
      onClose();
    }
    if (e.key === 'Tab') keepInside(e, box.current);
  };
  return (
    <div className="veil" hidden={hidden}>
      <div
        ref={box}
        className={`modal ${small ? 'modal-small' : ''}`}
        role="dialog"
        aria-modal="true"
        aria-label={title}
        data-testid={hidden ? `${testId}-below` : testId}
        tabIndex={-1}
        onKeyDown={onKeyDown}
      >
        <header className="modal-head">
          <h2 data-testid={hidden ? undefined : `${testId}-title`}>{title}</h2>
          <button
            type="button"
            className="icon-button"
            aria-label="Close"
            data-testid={`${testId}-x`}
            onClick={onClose}
          >
            ×
          </button>
        </header>
        {children}
      </div>
    </div>
  );
}

function keepInside(e: KeyboardEvent, box: HTMLElement | null): void {
  const all = [...(box?.querySelectorAll<HTMLElement>('button, input, select, textarea, a[href]') ?? [])].filter(
    (el) => !el.hasAttribute('disabled'),
  );
  const edge = e.shiftKey ? all[0] : all.at(-1);
  if (document.activeElement !== edge) return;
  e.preventDefault();
  (e.shiftKey ? all.at(-1) : all[0])?.focus();
}
