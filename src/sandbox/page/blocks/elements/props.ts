import type { BlockElement } from '../types';

export interface ElementProps {
  readonly blockId: string;
  readonly element: BlockElement;
  /** Ties the label of an input block to its element. */
  readonly id?: string;
  /** Whether a change is told to the app at once (`block_actions`), or waits for the modal's submit. */
  readonly sends: boolean;
  /** In an input block the label names the element; elsewhere the element has to name itself. */
  readonly inInput?: boolean;
}

/** `aria-label` for an element without a label of its own, and the test id that all elements share. */
export function naming({ element, id, inInput }: ElementProps): {
  id?: string;
  'aria-label'?: string;
  'data-testid': string;
} {
  const testId = { 'data-testid': `action-${element.action_id ?? element.type}` };
  if (inInput && id) return { id, ...testId };
  return { 'aria-label': element.placeholder?.text ?? element.type.replaceAll('_', ' '), ...testId };
}
