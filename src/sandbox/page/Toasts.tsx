import { useCallback, useState } from 'react';

const SHOWN_MS = 8000;

interface Toast {
  readonly id: number;
  readonly text: string;
}

export function useToasts(): { toasts: readonly Toast[]; complain: (text: string) => void } {
  const [toasts, setToasts] = useState<readonly Toast[]>([]);
  const complain = useCallback((text: string) => {
    const id = Date.now() + Math.random();
    setToasts((old) => [...old.filter((t) => t.text !== text), { id, text }].slice(-3));
    setTimeout(() => setToasts((old) => old.filter((t) => t.id !== id)), SHOWN_MS);
  }, []);
  return { toasts, complain };
}

export function Toasts({ toasts }: { toasts: readonly Toast[] }) {
  return (
    <div className="toasts" role="alert" data-testid="toasts">
      {toasts.map((toast) => (
        <p key={toast.id}>{toast.text}</p>
      ))}
    </div>
  );
}
