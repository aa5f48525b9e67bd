import { type Audience, namesSomebody } from '../../domain/audience';
import { AppError } from '../../domain/errors';
import type { Tx } from '../../store/store';
import { requireWholeGroups } from '../patients/groups-in-use';
import { requireRight } from '../permissions';
import type { Place, Ports } from '../ports';
import { campaignKey } from './campaign-key';
import { approvalKey, moveBy } from './control-campaign';
import { goneOn, isEditable, REPLACED } from './editable-campaign';

export { campaignKey } from './campaign-key';

export interface CampaignRequest {
  /** The form's submission: handed in twice it is created once. */
  readonly key: string;
  readonly templateId: number;
  readonly audience: Audience;
  /** Null = as soon as it is confirmed. */
  readonly startAt: Date | null;
  readonly atClose: 'CARRY_OVER' | 'EXPIRE';
  readonly actor: string;
  /** Where its card goes. */
  readonly place: Place;
  /** The send that this one was changed from: a draft, or one that waits, is canceled in the same moment. */
  readonly replaces?: number | undefined;
}

type Version = NonNullable<Awaited<ReturnType<Tx['templates']['latest']>>>;

/**
 * Takes a send's form in. Its template version is fixed from now on; its audience is frozen next (freeze-campaign.ts),
 * and then its card appears. Nothing is sent by this.
 * @throws AppError FORBIDDEN, TEMPLATE_GONE, TEMPLATE_NOT_APPROVED, GROUP_GONE, GROUP_BEING_SAVED, AUDIENCE_MISSING, START_PASSED,
 * CAMPAIGN_WRONG_STATE
 */
export async function createCampaign(ports: Ports, request: CampaignRequest): Promise<number> {
  const { actor, startAt, audience } = request;
  await requireRight(ports, actor, 'campaigns.send');
  const at = ports.clock.now();
  if (startAt !== null && startAt < at) throw startPassed();
  if (!namesSomebody(audience)) throw audienceMissing();
  const campaignId = await ports.store.transaction(async (tx) => {
    const twice = await tx.campaigns.byKey(request.key);
    if (twice) return twice.id;
    const version = await usableVersion(ports, tx, request.templateId);
    await requireGroups(tx, audience);
    const { channel, threadTs = null } = request.place;
    const { id } = await tx.campaigns.create({
      key: request.key,
      templateVersionId: version.id,
      audience: JSON.stringify(audience),
      requestedBy: actor,
      startAt,
      atClose: request.atClose,
      createdAt: at,
      channel,
      threadTs,
    });
    await replaceSend(ports, tx, request);
    await tx.audit.append({ at, actor, action: 'campaign.create', subject: campaignKey(id), campaignId: id });
    return id;
  });
  ports.wake.freeze();
  return campaignId;
}

/**
 * Its approvals go with it, visibly. One that has begun meanwhile is not touched, and the changed one is refused: patients
 * would get both.
 * @throws AppError CAMPAIGN_WRONG_STATE
 */
async function replaceSend({ clinic, clock }: Ports, tx: Tx, { replaces, actor }: CampaignRequest): Promise<void> {
  const at = clock.now();
  const campaign = replaces === undefined ? null : await tx.campaigns.byId(replaces);
  if (!campaign || !REPLACED.includes(campaign.state)) {
    if (campaign && !isEditable(campaign.state) && campaign.state !== 'CANCELED') throw goneOn(campaign.id);
    return;
  }
  await moveBy(tx, { campaign, event: 'cancel', actor, at });
  await tx.campaigns.cancelQueued(campaign.id, at);
  if (campaign.state === 'DRAFT') return;
  const body = `✏️ <@${actor}> changed this send. Nothing of it goes out, and every approval of it is void: as changed, it is asked for anew.`;
  const note = { key: `replaced:${campaign.id}`, kind: 'note', ref: campaign.id, body, priority: 3 };
  await tx.posts.want({ ...note, channel: clinic.channels.approvals, threadOf: approvalKey(campaign.id) }, at);
}

/** A group may have been deleted while the form was open: then fewer, or (of an exception) more, would be texted. */
async function requireGroups(tx: Tx, { groupIds, exceptGroupIds }: Audience): Promise<void> {
  const wanted = [...new Set([...groupIds, ...exceptGroupIds])];
  const groups = await tx.groups.byIds(wanted);
  const gone = wanted.length - groups.length;
  if (gone === 0) return requireWholeGroups(tx, groups);
  throw new AppError('GROUP_GONE', {
    message: `${gone} of the groups are gone`,
    userMessage: `${gone === 1 ? 'One of these groups was' : `${gone} of these groups were`} deleted meanwhile. Choose again: /outreach send`,
  });
}

const startPassed = (): AppError =>
  new AppError('START_PASSED', {
    message: 'start time is in the past',
    userMessage: 'This time has passed. Choose a later one, or send now.',
  });

/** @throws AppError TEMPLATE_GONE, TEMPLATE_NOT_APPROVED */
async function usableVersion({ clinic }: Ports, tx: Tx, templateId: number): Promise<Version> {
  const version = await tx.templates.usable(templateId, { reviewed: clinic.templateReview });
  if (version?.template.archivedAt === null) return version;
  const latest = await tx.templates.latest(templateId);
  throw latest?.template.archivedAt === null ? notApproved(templateId) : templateGone(templateId);
}

const notApproved = (id: number): AppError =>
  new AppError('TEMPLATE_NOT_APPROVED', {
    message: `template ${id} has no approved version`,
    userMessage: 'No reviewer has approved this template yet. It waits in the approvals channel.',
  });

const audienceMissing = (): AppError =>
  new AppError('AUDIENCE_MISSING', {
    message: 'no group, file or earlier campaign',
    userMessage: 'Choose groups, an earlier send or a file: otherwise nobody would get it.',
  });

const templateGone = (id: number): AppError =>
  new AppError('TEMPLATE_GONE', {
    message: `template ${id} is gone or archived`,
    userMessage: 'This template is not there any more. Choose another one.',
  });
