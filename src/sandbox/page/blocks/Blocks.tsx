import type { ReactNode } from 'react';
import { ActionsBlock } from './ActionsBlock';
import { CardBlock } from './CardBlock';
import { ContainerBlock } from './ContainerBlock';
import { InputBlock } from './InputBlock';
import { SectionBlock } from './SectionBlock';
import { StaticBlocks } from './StaticBlocks';
import { TableBlock } from './TableBlock';
import type { Block } from './types';

/** Draws blocks in order: those with something to press by ourselves, the runs between them by the library. */
export function Blocks({ blocks }: { blocks: readonly Block[] }) {
  const drawn: ReactNode[] = [];
  let run: Block[] = [];
  const flush = (): void => {
    if (run.length > 0) drawn.push(<StaticBlocks key={`static-${drawn.length}`} blocks={run} />);
    run = [];
  };
  blocks.forEach((block, index) => {
    const own = ownDrawing(block);
    if (!own) run.push(block);
    else {
      flush();
      drawn.push(
        <div key={block.block_id ?? index} className="block-own">
          {own}
        </div>,
      );
    }
  });
  flush();
  return <div className="blocks">{drawn}</div>;
}

function ownDrawing(block: Block): ReactNode {
  switch (block.type) {
    case 'actions':
    case 'context_actions':
      return <ActionsBlock block={block} />;
    case 'input':
      return <InputBlock block={block} />;
    case 'section':
      return block.accessory && block.accessory.type !== 'image' ? <SectionBlock block={block} /> : undefined;
    case 'table':
    case 'data_table':
      return <TableBlock block={block} />;
    case 'card':
      return <CardBlock block={block} />;
    case 'carousel':
      return <Carousel block={block} />;
    case 'container':
      return <ContainerBlock block={block} />;
    default:
      return undefined;
  }
}

function Carousel({ block }: { block: Block }) {
  return (
    <div className="carousel">
      {(block.elements ?? []).map((card, index) => (
        <CardBlock key={index} block={card as Block} />
      ))}
    </div>
  );
}
