import { useState } from 'react';
import type { SandboxUser } from '../../contract';
import { STEPS } from './steps';

interface Props {
  readonly staff: readonly SandboxUser[];
  readonly user: string;
  readonly become: (user: string) => void;
  readonly goTo: (where: string) => void;
}

/** What to try, in eight steps. It points to the person and the channel, and never does anything itself. */
export function Guide({ staff, user, become, goTo }: Props) {
  const [at, setAt] = useState(0);
  const step = STEPS[at];
  const person = staff.find((s) => s.role === step?.as);
  return (
    <section className="guide" aria-label="Try this" data-testid="guide">
      <div className="guide-steps">
        <h2>Try this</h2>
        <ol>
          {STEPS.map(({ name }, index) => (
            <li key={name}>
              <button
                type="button"
                className={index === at ? 'chosen' : index < at ? 'past' : ''}
                aria-current={index === at ? 'step' : undefined}
                data-testid={`guide-step-${index + 1}`}
                onClick={() => setAt(index)}
              >
                <span className="guide-number">{index + 1}</span>
                {name}
              </button>
            </li>
          ))}
        </ol>
      </div>
      <div className="guide-text">
        <p>{step?.text}</p>
        {person && person.id !== user && (
          <button type="button" className="btn btn-small" data-testid="guide-become" onClick={() => become(person.id)}>
            Be {person.realName || person.name} ({person.role})
          </button>
        )}
        {step?.where && (
          <button type="button" className="btn btn-small" data-testid="guide-go" onClick={() => goTo(step.where ?? '')}>
            Go there
          </button>
        )}
        {at < STEPS.length - 1 && (
          <button
            type="button"
            className="btn btn-small btn-primary"
            data-testid="guide-next"
            onClick={() => setAt(at + 1)}
          >
            Next
          </button>
        )}
      </div>
    </section>
  );
}
