import { useId, type ReactNode } from 'react';
import { StaticBlocks } from '../StaticBlocks';
import { plain } from '../PlainText';
import type { Option, TextObject } from '../types';
import type { ElementProps } from './props';
import { useValue } from './use-value';

export function Checkboxes(props: ElementProps) {
  const [value, change] = useValue<readonly Option[]>(props);
  const chosen = value ?? [];
  const toggle = (option: Option): void => {
    const has = chosen.some((o) => o.value === option.value);
    // Slack lists what is chosen in the order in which it is offered.
    change(
      (props.element.options ?? []).filter((o) =>
        o.value === option.value ? !has : chosen.some((c) => c.value === o.value),
      ),
    );
  };
  return (
    <List {...props} role="group">
      {(option) => (
        <input type="checkbox" checked={chosen.some((o) => o.value === option.value)} onChange={() => toggle(option)} />
      )}
    </List>
  );
}

export function RadioButtons(props: ElementProps) {
  const [value, change] = useValue<Option>(props);
  const name = useId();
  return (
    <List {...props} role="radiogroup">
      {(option) => (
        <input type="radio" name={name} checked={value?.value === option.value} onChange={() => change(option)} />
      )}
    </List>
  );
}

type ListProps = ElementProps & { role: 'group' | 'radiogroup'; children: (option: Option) => ReactNode };

function List({ element, id, role, children }: ListProps) {
  return (
    <div
      className="choice-list"
      role={role}
      aria-labelledby={id && `${id}-label`}
      data-testid={`action-${element.action_id ?? element.type}`}
    >
      {(element.options ?? []).map((option) => (
        <label key={option.value} className="option-line" data-testid={`option-${option.value ?? ''}`}>
          {children(option)}
          <span>
            <OptionText text={option.text} />
            {option.description && (
              <span className="option-note">
                <OptionText text={option.description} />
              </span>
            )}
          </span>
        </label>
      ))}
    </div>
  );
}

function OptionText({ text }: { text: TextObject }) {
  return text.type === 'mrkdwn' ? <StaticBlocks blocks={[{ type: 'section', text }]} /> : <>{plain(text)}</>;
}
