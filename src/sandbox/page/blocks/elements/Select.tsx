import { useWorkspace } from '../../state/workspace-context';
import { plain } from '../PlainText';
import { choicesOf, keyOfValue, type Choice } from './choices';
import { naming, type ElementProps } from './props';
import { useValue } from './use-value';

/** A select that takes one choice: the browser's own, for the sake of keyboards and screen readers. */
export function Select(props: ElementProps) {
  const [value, change] = useValue<unknown>(props);
  const choices = choicesOf(props.element, useWorkspace());
  const groups = [...new Set(choices.map((c) => c.group))];
  const choose = (key: string): void => change(choices.find((c) => c.key === key)?.value ?? null);
  return (
    <select
      {...naming(props)}
      className={`field select ${value === null ? 'is-empty' : ''}`}
      value={keyOfValue(value)}
      autoFocus={props.element.focus_on_load}
      onChange={(e) => choose(e.target.value)}
    >
      <option value="">{plain(props.element.placeholder) || 'Choose an option'}</option>
      {groups.map((group) => {
        const lines = choices.filter((c) => c.group === group).map(line);
        return group === undefined ? (
          lines
        ) : (
          <optgroup key={group} label={group}>
            {lines}
          </optgroup>
        );
      })}
    </select>
  );
}

function line(choice: Choice) {
  return (
    <option key={choice.key} value={choice.key}>
      {choice.label}
      {choice.description ? ` · ${choice.description}` : ''}
    </option>
  );
}
