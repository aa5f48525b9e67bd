import type { Workspace } from '../../state/workspace-context';
import { plain } from '../PlainText';
import type { BlockElement, Option } from '../types';

/** One line of a menu: its label, and what Slack puts in the element's state for it. */
export interface Choice {
  readonly key: string;
  readonly label: string;
  readonly description?: string;
  readonly value: unknown;
  readonly group?: string;
}

export function choicesOf(element: BlockElement, { state }: Workspace): Choice[] {
  if (element.type.endsWith('users_select')) {
    return state.users.map((u) => ({ key: u.id, label: u.realName || u.name, value: u.id }));
  }
  if (element.type.endsWith('channels_select')) return channels(state.channels.filter((c) => !c.imUser));
  if (element.type.endsWith('conversations_select')) return channels(state.channels);
  const grouped = (element.option_groups ?? []).flatMap((g) => g.options.map((o) => option(o, plain(g.label))));
  return [...(element.options ?? []).map((o) => option(o)), ...grouped];
}

function channels(list: Workspace['state']['channels']): Choice[] {
  return list.map((c) => ({ key: c.id, label: c.imUser ? 'CareThread (DM)' : `#${c.name}`, value: c.id }));
}

function option(o: Option, group?: string): Choice {
  return {
    key: o.value ?? o.text.text,
    label: plain(o.text),
    value: o,
    ...(o.description && { description: plain(o.description) }),
    ...(group !== undefined && { group }),
  };
}

/** The key of a value that an element holds: an option's value, or an id itself. */
export function keyOfValue(value: unknown): string {
  if (typeof value === 'object' && value !== null) {
    const o = value as Option;
    return o.value ?? o.text.text;
  }
  return typeof value === 'string' ? value : '';
}
