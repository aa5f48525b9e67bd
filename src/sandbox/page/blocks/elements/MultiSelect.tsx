import { useEffect, useRef, useState } from 'react';
import { useOutsideClick } from '../../lib/use-outside-click';
import { useWorkspace } from '../../state/workspace-context';
import { valueOf } from '../element-state';
import { plain } from '../PlainText';
import { useSurface } from '../surface';
import { choicesOf, keyOfValue, type Choice } from './choices';
import { naming, type ElementProps } from './props';

/** Several choices from a menu. The app is told, if at all, when the menu closes, as Slack does. */
export function MultiSelect(props: ElementProps) {
  const { blockId, element, sends } = props;
  const { values, set, act } = useSurface();
  const [open, setOpen] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  const changed = useRef(false);
  const choices = choicesOf(element, useWorkspace());
  const value = (valueOf(element, values[blockId]?.[element.action_id ?? '']) ?? []) as unknown[];
  const keys = value.map(keyOfValue);

  const close = (): void => {
    setOpen(false);
    if (sends && changed.current) void act(blockId, element, { value });
    changed.current = false;
  };
  useOutsideClick(box, open, close);
  const toggle = (choice: Choice): void => {
    changed.current = true;
    const has = keys.includes(choice.key);
    set(blockId, element, has ? value.filter((v) => keyOfValue(v) !== choice.key) : [...value, choice.value]);
  };
  const full = keys.length >= (element.max_selected_items ?? Infinity);
  const label = choices.filter((c) => keys.includes(c.key)).map((c) => c.label);
  return (
    <div className="multi" ref={box} onKeyDown={(e) => e.key === 'Escape' && open && (e.stopPropagation(), close())}>
      <button
        type="button"
        {...naming(props)}
        className={`field select multi-face ${label.length === 0 ? 'is-empty' : ''}`}
        aria-haspopup="listbox"
        aria-expanded={open}
        onClick={() => (open ? close() : setOpen(true))}
      >
        {label.length === 0 && (plain(element.placeholder) || 'Choose options')}
        {label.map((text) => (
          <span key={text} className="chip">
            {text}
          </span>
        ))}
      </button>
      {open && <Menu choices={choices} keys={keys} full={full} toggle={toggle} close={close} />}
    </div>
  );
}

interface MenuProps {
  readonly choices: readonly Choice[];
  readonly keys: readonly string[];
  readonly full: boolean;
  readonly toggle: (choice: Choice) => void;
  readonly close: () => void;
}

function Menu({ choices, keys, full, toggle, close }: MenuProps) {
  const [filter, setFilter] = useState('');
  const box = useRef<HTMLDivElement>(null);
  // In a modal the menu may open below the fold.
  useEffect(() => {
    box.current?.scrollIntoView({ block: 'nearest' });
  }, []);
  const shown = choices.filter((c) => c.label.toLowerCase().includes(filter.toLowerCase()));
  return (
    <div className="multi-menu" ref={box} role="group" aria-label="Options">
      {choices.length > 7 && (
        <input
          className="field"
          placeholder="Filter"
          aria-label="Filter"
          value={filter}
          onChange={(e) => setFilter(e.target.value)}
        />
      )}
      <div className="multi-options">
        {shown.map((choice) => {
          const on = keys.includes(choice.key);
          return (
            <label key={choice.key} className="option-line" data-testid={`option-${choice.key}`}>
              <input type="checkbox" checked={on} disabled={!on && full} onChange={() => toggle(choice)} />
              <span>
                {choice.label}
                {choice.description && <span className="option-note">{choice.description}</span>}
              </span>
            </label>
          );
        })}
      </div>
      <button type="button" className="btn btn-small" data-testid="multi-done" onClick={close}>
        Done
      </button>
    </div>
  );
}
