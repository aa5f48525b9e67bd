import { createContext, useCallback, useContext, useState, type ReactNode } from 'react';
import { Dialog } from '../modal/Dialog';
import { PlainText } from './PlainText';
import { StaticBlocks } from './StaticBlocks';
import type { ConfirmObject } from './types';

type Ask = (question: ConfirmObject) => Promise<boolean>;

const Context = createContext<Ask>(() => Promise.resolve(true));

export const useConfirm = (): Ask => useContext(Context);

interface Open {
  readonly question: ConfirmObject;
  readonly answer: (yes: boolean) => void;
}

/** Draws Block Kit's `confirm` objects; an element asks before it sends anything. */
export function ConfirmProvider({ children }: { children: ReactNode }) {
  const [open, setOpen] = useState<Open>();
  const ask = useCallback<Ask>(
    (question) =>
      new Promise((resolve) => {
        setOpen({
          question,
          answer: (yes) => {
            setOpen(undefined);
            resolve(yes);
          },
        });
      }),
    [],
  );
  return (
    <Context value={ask}>
      {children}
      {open && <ConfirmDialog {...open} />}
    </Context>
  );
}

function ConfirmDialog({ question, answer }: Open) {
  return (
    <Dialog title={question.title.text} testId="confirm" small onClose={() => answer(false)}>
      <div className="modal-body">
        <StaticBlocks blocks={[{ type: 'section', text: question.text }]} />
      </div>
      <footer className="modal-foot">
        <button type="button" className="btn" data-testid="confirm-deny" onClick={() => answer(false)}>
          <PlainText text={question.deny} />
        </button>
        <button
          type="button"
          className={`btn ${question.style === 'danger' ? 'btn-danger' : 'btn-primary'}`}
          data-testid="confirm-yes"
          autoFocus
          onClick={() => answer(true)}
        >
          <PlainText text={question.confirm} />
        </button>
      </footer>
    </Dialog>
  );
}
