import type { Place, Ports } from '../ports';

/** Shows a saved version where its form was opened. */
export async function postTemplateCard(
  ports: Ports,
  { versionId, place }: { versionId: number; place: Place },
): Promise<void> {
  const { channel, threadTs } = place;
  const key = `template-version:${versionId}`;
  await ports.store.posts.want(
    { key, kind: 'template', ref: versionId, channel, threadTs, priority: 3 },
    ports.clock.now(),
  );
  ports.wake.posts();
}
