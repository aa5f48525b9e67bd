import { ActionsBlock } from './ActionsBlock';
import { StaticBlocks } from './StaticBlocks';
import type { Block, TextObject } from './types';

/** A title of a card is bold by itself; one that brings its own markup is left alone. */
const bold = (text: string): string => (/[*_`]/.test(text) ? text : `*${text}*`);

export function CardBlock({ block }: { block: Block }) {
  const { hero_image: hero, title, subtitle, body, actions } = block;
  const texts: Block[] = [title, subtitle, body]
    .filter((text): text is TextObject => typeof text === 'object')
    .map((text) => ({ type: 'section', text: text === title ? { ...title, text: bold(title.text) } : text }));
  return (
    <article className="card-block">
      {hero?.image_url && <img className="card-hero" src={hero.image_url} alt={hero.alt_text ?? ''} />}
      <StaticBlocks blocks={texts} />
      {actions && (
        <ActionsBlock
          block={{ type: 'actions', ...(block.block_id && { block_id: block.block_id }), elements: actions }}
        />
      )}
    </article>
  );
}
