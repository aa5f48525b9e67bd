import { createContext, useContext, useMemo, useState } from 'react';
import type { ActionRequest, ViewValues } from '../../contract';
import { slack } from '../api/slack';
import { useWorkspace } from '../state/workspace-context';
import { useConfirm } from './confirm';
import { stateWith, valuesOf } from './element-state';
import type { Block, BlockElement } from './types';

/** Where blocks stand: a message, a modal or the Home tab. Elements tell it what the person does to them. */
export interface Surface {
  readonly values: ViewValues;
  readonly errors: Readonly<Record<string, string>>;
  /** Which element waits for the app's answer. */
  readonly busy: string | undefined;
  /** Remembers a value; nothing is sent. */
  readonly set: (blockId: string, element: BlockElement, value: unknown) => void;
  /** Remembers the value, if there is one, and sends `block_actions`. */
  readonly act: (blockId: string, element: BlockElement, choice?: Choice) => Promise<void>;
}

export interface Choice {
  /** For an element that holds a value. */
  readonly value?: unknown;
  /** For one that does not (an overflow menu, feedback buttons). */
  readonly fields?: Record<string, unknown>;
}

const Context = createContext<Surface | undefined>(undefined);
export const SurfaceProvider = Context.Provider;

export function useSurface(): Surface {
  const surface = useContext(Context);
  if (!surface) throw new Error('an element was drawn outside of a message or a view');
  return surface;
}

type Where = Pick<ActionRequest, 'channel' | 'ts' | 'viewId'>;

export function useNewSurface(
  blocks: readonly Block[],
  where: Where,
  currentChannel?: string,
): Surface & { setErrors: (errors: Record<string, string>) => void } {
  const { user, complain } = useWorkspace();
  const confirm = useConfirm();
  const [chosen, setChosen] = useState<ViewValues>({});
  const [errors, setErrors] = useState<Record<string, string>>({});
  const [busy, setBusy] = useState<string>();
  const values = useMemo(() => valuesOf(blocks, chosen, currentChannel), [blocks, chosen, currentChannel]);

  const remember = (blockId: string, element: BlockElement, value: unknown): ViewValues => {
    const merge = (old: ViewValues): ViewValues => ({
      ...old,
      [blockId]: { ...old[blockId], [element.action_id ?? '']: stateWith(element, value) },
    });
    setChosen(merge);
    setErrors(({ [blockId]: _mended, ...others }) => others);
    return merge(values);
  };

  const act = async (blockId: string, element: BlockElement, choice: Choice = {}): Promise<void> => {
    if (element.confirm && !(await confirm(element.confirm))) return;
    const stateful = 'value' in choice;
    const now = stateful ? remember(blockId, element, choice.value) : values;
    const fields = stateful ? { ...stateWith(element, choice.value), type: undefined } : choice.fields;
    setBusy(elementKey(blockId, element));
    try {
      const request = { user: user.id, ...where, actionId: element.action_id ?? '', values: now };
      const answer = await slack.act({ ...request, ...(blockId && { blockId }), ...(fields && { choice: fields }) });
      if (!answer.ok) complain(`The app did not respond to that${answer.error ? ` (${answer.error})` : ''}.`);
    } catch (error) {
      complain(error instanceof Error ? error.message : String(error));
    } finally {
      setBusy(undefined);
    }
  };
  return { values, errors, busy, set: remember, act, setErrors };
}

export function elementKey(blockId: string, element: BlockElement): string {
  return `${blockId}/${element.action_id ?? ''}`;
}
