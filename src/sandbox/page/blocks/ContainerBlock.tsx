import { Blocks } from './Blocks';
import { plain, PlainText } from './PlainText';
import type { Block } from './types';

export function ContainerBlock({ block }: { block: Block }) {
  const title = plain(block.title) || 'Details';
  const children = <Blocks blocks={block.child_blocks ?? []} />;
  if (block.is_collapsible) {
    return (
      <details className="container-block" open={!block.default_collapsed}>
        <summary>{title}</summary>
        {children}
      </details>
    );
  }
  return (
    <section className="container-block">
      {block.title && <h4>{title}</h4>}
      {block.subtitle && (
        <p className="quiet">
          <PlainText text={block.subtitle} />
        </p>
      )}
      {children}
    </section>
  );
}
