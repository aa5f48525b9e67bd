import { useId } from 'react';
import { Element } from './elements/Element';
import { PlainText } from './PlainText';
import { useSurface } from './surface';
import type { Block } from './types';

export function InputBlock({ block }: { block: Block }) {
  const { errors } = useSurface();
  const id = useId();
  const blockId = block.block_id ?? '';
  const error = errors[blockId];
  if (!block.element) return null;
  return (
    <div className={`input-block ${error ? 'has-error' : ''}`} data-testid={`input-${blockId}`}>
      <label className="input-label" htmlFor={id} id={`${id}-label`}>
        <PlainText text={block.label} />
        {block.optional && <span className="optional"> (optional)</span>}
      </label>
      <Element blockId={blockId} element={block.element} id={id} sends={block.dispatch_action === true} inInput />
      {error && (
        <p className="input-error" role="alert" data-testid={`error-${blockId}`}>
          {error}
        </p>
      )}
      {block.hint && (
        <p className="input-hint">
          <PlainText text={block.hint} />
        </p>
      )}
    </div>
  );
}
