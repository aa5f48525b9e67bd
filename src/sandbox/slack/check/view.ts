/** A modal or a home tab. */
import { SlackError } from '../errors';
import type { Json } from '../model';
import { blockFaults } from './message';
import { brokenLimits } from './limits';
import { explanation, explanations, surfaceValidator } from './schemas';

const LONGEST_VIEW = 250_000;

const SURFACES = { modal: 'ModalView', home: 'HomeView' } as const;

/** The frame: everything but the blocks, which have their own explanations. */
const frameFaults = (view: Json, definition: string): string[] => {
  const validator = surfaceValidator(definition);
  const blocks = Array.isArray(view['blocks']) && view['blocks'].length <= 100 ? [] : view['blocks'];
  const frame = { ...view, ...(blocks !== undefined && { blocks }) };
  if (!validator(frame)) return explanations(validator, '/view');
  const { blocks: _blocks, ...rest } = view;
  return brokenLimits([rest], '/view').map((text) => text.replace('/view/0', '/view'));
};

const submitFault = (view: Json, blocks: readonly Json[]): string[] => {
  const hasInput = blocks.some((block) => block['type'] === 'input');
  const isLacking = view['type'] === 'modal' && hasInput && view['submit'] === undefined;
  return isLacking ? [explanation('submit is required when a modal has input blocks', '/view/submit')] : [];
};

/** Throws invalid_arguments, or view_too_large. */
export const checkView = (view: Json): void => {
  const { type } = view;
  if (type !== 'modal' && type !== 'home') {
    throw new SlackError('invalid_arguments', [explanation(`unsupported type: ${String(type)}`, '/view/type')]);
  }
  const frame = frameFaults(view, SURFACES[type]);
  if (frame.length > 0) throw new SlackError('invalid_arguments', frame);
  const blocks = view['blocks'] as Json[];
  const faults = [...blockFaults(blocks, '/view/blocks', type), ...submitFault(view, blocks)];
  if (faults.length > 0) throw new SlackError('invalid_arguments', faults);
  if (JSON.stringify(view).length > LONGEST_VIEW) throw new SlackError('view_too_large');
};
