import { useState } from 'react';
import { format, momentOf, ZONES } from '../../lib/time';
import { useWorkspace } from '../../state/workspace-context';
import { naming, type ElementProps } from './props';
import { useValue } from './use-value';

export function DatePicker(props: ElementProps) {
  const [value, change] = useValue<string>(props);
  return <Picker props={props} type="date" value={value ?? ''} change={(typed) => change(typed || null)} />;
}

export function TimePicker(props: ElementProps) {
  const [value, change] = useValue<string>(props);
  return <Picker props={props} type="time" value={value ?? ''} change={(typed) => change(typed || null)} />;
}

/** Slack shows it in the reader's time zone, which here is the one that the page is set to. */
export function DateTimePicker(props: ElementProps) {
  const [value, change] = useValue<number>(props);
  const { zone } = useWorkspace();
  const shown = value === null ? '' : format(new Date(value * 1000), zone, "yyyy-MM-dd'T'HH:mm");
  const take = (typed: string): void => change(typed ? Math.floor(momentOf(typed, zone).getTime() / 1000) : null);
  return (
    <span className="with-zone">
      <Picker props={props} type="datetime-local" value={shown} change={take} />
      <span className="quiet">{ZONES.find((z) => z.id === zone)?.label ?? zone} time</span>
    </span>
  );
}

interface PickerProps {
  readonly props: ElementProps;
  readonly type: 'date' | 'time' | 'datetime-local';
  readonly value: string;
  readonly change: (typed: string) => void;
}

/** Where a change is told to the app at once, it is told when the field is left, not after every digit. */
function Picker({ props, type, value, change }: PickerProps) {
  const [draft, setDraft] = useState<string>();
  const done = (): void => {
    if (draft !== undefined && draft !== value) change(draft);
    setDraft(undefined);
  };
  return (
    <input
      {...naming(props)}
      type={type}
      className="field picker"
      value={draft ?? value}
      onChange={(e) => (props.sends ? setDraft(e.target.value) : change(e.target.value))}
      onBlur={done}
      onKeyDown={(e) => e.key === 'Enter' && done()}
    />
  );
}
