import { AppError } from '../../domain/errors';
import type { Tx } from '../../store/store';
import { notFound, requireRight } from '../permissions';
import type { Ports } from '../ports';
import { showRequest } from '../posts/requests';
import { campaignKey } from './campaign-key';
import { approvalRequest } from './approval';
import { moveBy, release } from './control-campaign';

export interface Submission {
  readonly campaignId: number;
  readonly actor: string;
  /** When it is to start: at the time that was chosen with it, now, or then. */
  readonly start: 'its time' | 'now' | Date;
}

type Campaign = NonNullable<Awaited<ReturnType<Tx['campaigns']['byId']>>>;

/**
 * "Send now" or "Schedule" on the card: starts a small send, asks reviewers for a large one.
 * @throws AppError FORBIDDEN, NOT_FOUND, NOT_FROZEN, NOT_SENDABLE, NOBODY_LEFT, TEMPLATE_ARCHIVED, START_PASSED,
 * CAMPAIGN_WRONG_STATE
 */
export async function submitCampaign(ports: Ports, submission: Submission): Promise<'asked' | 'scheduled' | 'started'> {
  const { campaignId, actor } = submission;
  await requireRight(ports, actor, 'campaigns.send');
  const at = ports.clock.now();
  const outcome = await ports.store.transaction(async (tx) => {
    const found = await tx.campaigns.byId(campaignId);
    if (!found) throw notFound('send', campaignId);
    const why = found.state === 'DRAFT' ? whyNot(found, { ...submission, at }) : null;
    if (why) {
      // What the card shows is not how it is any more: the sender is told, and the card follows.
      if (why.code === 'START_PASSED') await tx.campaigns.setStart(campaignId, null);
      await tx.posts.touch(campaignKey(campaignId));
      return why;
    }
    const campaign = { ...found, startAt: startOf(found, submission) };
    if (campaign.startAt !== found.startAt) await tx.campaigns.setStart(campaignId, campaign.startAt);
    if (campaign.approvalsNeeded === 0) return release(tx, { campaign, actor, at });
    await moveBy(tx, { campaign, event: 'ask_for_approval', actor, at });
    await showRequest(tx, approvalRequest(ports, campaignId), at);
    return 'asked' as const;
  });
  ports.wake.posts();
  ports.wake.dispatch();
  if (outcome instanceof AppError) throw outcome;
  return outcome;
}

const startOf = ({ startAt }: Campaign, { start }: Submission): Date | null =>
  start === 'its time' ? startAt : start === 'now' ? null : start;

/**
 * Why a draft does not go as it is; null when it does. An edited template is no reason: what goes is the version that the
 * card shows, and the card says so as soon as there is a newer one.
 */
function whyNot(campaign: Campaign, { at, ...submission }: Submission & { at: Date }): AppError | null {
  const { id, templateVersion: version } = campaign;
  const refused = (code: string, userMessage: string): AppError =>
    new AppError(code, { message: `campaign ${id} is not submitted: ${code}`, userMessage });
  if (campaign.frozenAt === null)
    return refused('NOT_FROZEN', 'It is still being counted who gets this. The card shows when it is done.');
  if (campaign.problem !== null)
    return refused('NOT_SENDABLE', 'This send cannot go as it is: the card says why. Press Change on it.');
  if (campaign.recipients === 0)
    return refused('NOBODY_LEFT', 'Nobody would get this text. Press Change on the card, and choose again.');
  if (version.template.archivedAt !== null)
    return refused(
      'TEMPLATE_ARCHIVED',
      'Nothing was sent: this template was archived meanwhile. Press Change on the card.',
    );
  const startAt = startOf(campaign, submission);
  if (startAt !== null && startAt <= at)
    return refused(
      'START_PASSED',
      'Nothing was sent: the time of this send has passed. Press Send now, or Schedule it anew.',
    );
  return null;
}
