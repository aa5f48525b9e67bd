import type { Place, Ports } from '../ports';

export const cardKey = (versionId: number): string => `template-version:${versionId}`;

/** Shows a saved version where its form was opened. */
export async function postTemplateCard(
  ports: Ports,
  { versionId, place }: { versionId: number; place: Place },
): Promise<void> {
  const { channel, threadTs } = place;
  await ports.store.posts.want(
    { key: cardKey(versionId), kind: 'template', ref: versionId, channel, threadTs, priority: 3 },
    ports.clock.now(),
  );
  ports.wake.posts();
}
