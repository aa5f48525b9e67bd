import type { Store } from '../../store/store';
import { approvalRequest } from '../campaigns/approval';
import type { Ports } from '../ports';
import { isReviewOpen, reviewRequest } from '../templates/review-request';
import { type Request, showRequest, showRequestAgain } from './requests';

/** Versions that wait for a review, newest first: more than a clinic ever has. */
const MOST_VERSIONS = 100;

/** What waits for reviewers, and what was approved and has not begun: its approval can still be taken back. */
const OPEN = ['AWAITING_APPROVAL', 'SCHEDULED'] as const;

/** The clinic has chosen another approvals channel: what waits for a decision goes on there. */
export async function moveRequests(ports: Ports): Promise<void> {
  const { store, clock, wake } = ports;
  for (const request of await openRequests(ports)) {
    const standing = await store.posts.byKey(request.key);
    if (!standing || standing.channel === request.channel) continue;
    const at = clock.now();
    await store.transaction(async (tx) => {
      if (!(await isOpen(tx, request)) || !(await showRequest(tx, request, at))) return;
      const { ref, kind, channel: to } = request;
      const detail = { from: standing.channel, to };
      const record = { at, actor: 'app', action: 'request.move', detail };
      if (kind === 'approval') await tx.audit.append({ ...record, subject: `campaign:${ref}`, campaignId: ref });
      else await tx.audit.append({ ...record, subject: `template-version:${ref}` });
    });
  }
  wake.posts();
}

/** A card that was deleted while it waits for reviewers comes again: nobody could decide. */
export async function showDeletedAgain(ports: Ports, { kind, ref }: Pick<Request, 'kind' | 'ref'>): Promise<void> {
  const request = kind === 'approval' ? approvalRequest(ports, ref) : reviewRequest(ports, ref);
  await ports.store.transaction(async (tx) => {
    if (await isOpen(tx, request)) await showRequestAgain(tx, request, ports.clock.now());
  });
  ports.wake.posts();
}

/** The same, as soon as Slack tells that a message was deleted. */
export async function heedDeletedRequest(
  ports: Ports,
  { channel, ts }: { readonly channel: string; readonly ts: string },
): Promise<void> {
  const post = await ports.store.posts.at(channel, ts);
  if (post?.kind === 'approval' || post?.kind === 'template_review')
    await showDeletedAgain(ports, { kind: post.kind, ref: post.ref });
}

async function openRequests(ports: Ports): Promise<Request[]> {
  const { store, clinic } = ports;
  const campaigns = await store.campaigns.inState(OPEN);
  const versions = clinic.templateReview ? await store.posts.newestOfKind('template_review', MOST_VERSIONS) : [];
  const requests = [
    ...campaigns.map(({ id }) => approvalRequest(ports, id)),
    ...versions.map(({ ref }) => reviewRequest(ports, ref)),
  ];
  const open: Request[] = [];
  for (const request of requests) if (await isOpen(store, request)) open.push(request);
  return open;
}

async function isOpen(
  store: Pick<Store, 'campaigns' | 'templates'>,
  { kind, ref }: Pick<Request, 'kind' | 'ref'>,
): Promise<boolean> {
  if (kind === 'template_review') return isReviewOpen(store, ref);
  const campaign = await store.campaigns.byId(ref);
  return campaign !== null && OPEN.some((state) => state === campaign.state);
}
