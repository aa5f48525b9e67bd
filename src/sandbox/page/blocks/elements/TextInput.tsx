import type { KeyboardEvent } from 'react';
import { plain } from '../PlainText';
import { useSurface } from '../surface';
import { naming, type ElementProps } from './props';
import { useValue } from './use-value';

/** Text in one or many lines, numbers, addresses. `number` fields keep what was typed; the checks say what is wrong. */
export function TextInput(props: ElementProps) {
  const { blockId, element, sends } = props;
  const { set, act } = useSurface();
  const [value] = useValue<string>(props);
  const on = element.dispatch_action_config?.trigger_actions_on ?? ['on_enter_pressed'];
  const change = (text: string): void => {
    if (sends && on.includes('on_character_entered')) void act(blockId, element, { value: text || null });
    else set(blockId, element, text || null);
  };
  const onKeyDown = (e: KeyboardEvent): void => {
    if (!sends || e.key !== 'Enter' || e.shiftKey || !on.includes('on_enter_pressed')) return;
    e.preventDefault();
    // The modal would take Enter for its submit.
    e.stopPropagation();
    void act(blockId, element, { value });
  };
  const shared = {
    ...naming(props),
    className: 'field',
    value: value ?? '',
    placeholder: plain(element.placeholder),
    autoFocus: element.focus_on_load,
    onKeyDown,
  };
  if (element.multiline) return <textarea {...shared} rows={4} onChange={(e) => change(e.target.value)} />;
  const mode = element.type === 'number_input' ? ('decimal' as const) : undefined;
  return <input {...shared} type="text" inputMode={mode} onChange={(e) => change(e.target.value)} />;
}
