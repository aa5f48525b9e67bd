import { Element } from './elements/Element';
import type { Block, BlockElement } from './types';

export function ActionsBlock({ block }: { block: Block }) {
  return (
    <div className="actions-block">
      {(block.elements ?? []).map((element, index) => (
        <Element key={index} blockId={block.block_id ?? ''} element={element as BlockElement} sends />
      ))}
    </div>
  );
}
