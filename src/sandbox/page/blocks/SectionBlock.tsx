import { Element } from './elements/Element';
import { StaticBlocks } from './StaticBlocks';
import type { Block } from './types';

/** Choice lists need the width of the message; everything else stands to the right, as in Slack. */
const WIDE = new Set(['checkboxes', 'radio_buttons']);

export function SectionBlock({ block }: { block: Block }) {
  const { accessory, ...text } = block;
  if (!accessory) return <StaticBlocks blocks={[text]} />;
  return (
    <div className={WIDE.has(accessory.type) ? 'section-stacked' : 'section-beside'}>
      <div className="section-text">
        <StaticBlocks blocks={[text]} />
      </div>
      <Element blockId={block.block_id ?? ''} element={accessory} sends />
    </div>
  );
}
