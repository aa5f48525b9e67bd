import { createHash } from 'node:crypto';
import { EXCLUSION_IN_WORDS, excludedBefore, type ExclusionReason, MOST_SEGMENTS } from '../../domain/audience';
import { approvalsNeeded, contentHash } from '../../domain/campaign';
import { AppError } from '../../domain/errors';
import { countSegments } from '../../domain/segments';
import { renderTemplate } from '../../domain/template';
import type { Candidate, Recipient } from '../../store/recipients';
import type { Tx } from '../../store/store';
import { windowKeyOf } from '../patients/window-key-of';
import { requireRight } from '../permissions';
import type { Clinic, Place, Ports } from '../ports';
import { variantFor } from '../templates/template-card';
import { valuesFor } from '../templates/values-for';

export interface CampaignRequest {
  /** The form's submission: handed in twice it is created once. */
  readonly key: string;
  readonly templateId: number;
  readonly groupIds: readonly number[];
  /** Null = as soon as it is confirmed. */
  readonly startAt: Date | null;
  readonly atClose: 'CARRY_OVER' | 'EXPIRE';
  readonly actor: string;
  /** Where its card goes. */
  readonly place: Place;
}

export const campaignKey = (campaignId: number): string => `campaign:${campaignId}`;

type Version = NonNullable<Awaited<ReturnType<Tx['templates']['latest']>>>;

/**
 * Freezes a template version and an audience into a campaign that waits for "Send now". Nothing is sent by this.
 * @throws AppError FORBIDDEN, TEMPLATE_GONE, AUDIENCE_EMPTY, START_PASSED
 */
export async function createCampaign(ports: Ports, request: CampaignRequest): Promise<number> {
  const { actor, startAt } = request;
  await requireRight(ports, actor, 'campaigns.send');
  const at = ports.clock.now();
  if (startAt !== null && startAt < at) throw startPassed();
  const campaignId = await ports.store.transaction(async (tx) => {
    const twice = await tx.campaigns.byKey(request.key);
    if (twice) return twice.id;
    const version = await usableVersion(ports, tx, request.templateId);
    const id = await freeze({ ports, tx, at }, request, version);
    const { channel, threadTs } = request.place;
    await tx.posts.want({ key: campaignKey(id), kind: 'campaign', ref: id, channel, threadTs, priority: 3 }, at);
    await tx.audit.append({ at, actor, action: 'campaign.create', subject: campaignKey(id), campaignId: id });
    return id;
  });
  ports.wake.posts();
  return campaignId;
}

/** How many patients are looked at in one go. */
const BATCH = 2_000;

interface Context {
  readonly ports: Ports;
  readonly tx: Tx;
  readonly at: Date;
}

async function freeze({ ports, tx, at }: Context, request: CampaignRequest, version: Version): Promise<number> {
  const { id } = await tx.campaigns.create({
    key: request.key,
    templateVersionId: version.id,
    audience: JSON.stringify({ groupIds: request.groupIds }),
    requestedBy: request.actor,
    startAt: request.startAt,
    atClose: request.atClose,
    createdAt: at,
  });
  const snapshot = new Snapshot(version, ports.clinic);
  for (let after = 0; ;) {
    const batch = await tx.recipients.candidates(request.groupIds, after, BATCH);
    const { included, excluded } = snapshot.take(batch);
    if (included.length > 0) await tx.recipients.addMessages(id, included, at);
    if (excluded.length > 0) await tx.recipients.addExclusions(id, excluded);
    if (batch.length < BATCH) break;
    after = batch.at(-1)?.id ?? after;
    // A loop of awaits on SQLite lets no timer fire: webhooks and Slack's 3 s come first.
    await new Promise((resolve) => setImmediate(resolve));
  }
  const recipients = snapshot.recipients.length;
  if (recipients === 0) throw audienceEmpty(snapshot.excluded);
  await tx.campaigns.freeze(id, {
    recipients,
    contentHash: contentHash({
      variants: Object.fromEntries(version.variants.map(({ language, text }) => [language, text])),
      autoAnswers: Object.fromEntries(
        version.replies.map((one) => [one.label, `${one.autoAnswer ?? ''}${one.autoAnswers ?? ''}`]),
      ),
      recipients: snapshot.recipients,
    }),
    approvalsNeeded: approvalsNeeded(recipients, ports.clinic),
    zoneSets: [...snapshot.zoneSets],
  });
  return id;
}

/** Goes through the audience, decides who gets what text, and keeps what has to be known of the whole. */
class Snapshot {
  readonly recipients: { patientId: string; phone: string }[] = [];
  readonly excluded = new Map<ExclusionReason, number>();
  readonly zoneSets = new Set<string>();
  private readonly sent = new Set<string>();

  constructor(
    private readonly version: Version,
    private readonly clinic: Clinic,
  ) {}

  take(batch: readonly Candidate[]): { included: Recipient[]; excluded: { patientId: number; reason: string }[] } {
    const included: Recipient[] = [];
    const excluded: { patientId: number; reason: string }[] = [];
    for (const patient of batch) {
      const decided = this.decide(patient);
      if (typeof decided === 'string') {
        this.excluded.set(decided, (this.excluded.get(decided) ?? 0) + 1);
        excluded.push({ patientId: patient.id, reason: decided });
      } else {
        this.recipients.push({ patientId: String(patient.id), phone: patient.phone });
        this.zoneSets.add(decided.zones);
        included.push(decided);
      }
    }
    return { included, excluded };
  }

  private decide(patient: Candidate): Recipient | ExclusionReason {
    const before = excludedBefore(patient);
    if (before) return before;
    const variant = variantFor(this.version.variants, patient.language);
    const rendered = variant && renderTemplate(variant.text, valuesFor(patient, this.clinic));
    if (!rendered?.ok) return 'missing_field';
    const { text } = rendered;
    const { segments } = countSegments(text);
    if (segments > MOST_SEGMENTS) return 'too_long';
    const textKey = createHash('sha256').update(text).digest('hex').slice(0, 32);
    const key = `${patient.phone} ${textKey}`;
    if (this.sent.has(key)) return 'duplicate_number';
    this.sent.add(key);
    return { patientId: patient.id, phone: patient.phone, text, textKey, segments, zones: windowKeyOf(patient) };
  }
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

const templateGone = (id: number): AppError =>
  new AppError('TEMPLATE_GONE', {
    message: `template ${id} is gone or archived`,
    userMessage: 'This template is not there any more. Choose another one.',
  });

function audienceEmpty(excluded: ReadonlyMap<ExclusionReason, number>): AppError {
  const why = [...excluded].map(([reason, count]) => `${count}: ${EXCLUSION_IN_WORDS[reason]}`).join('; ');
  return new AppError('AUDIENCE_EMPTY', {
    message: 'nobody is left in the audience',
    userMessage:
      why === ''
        ? 'Nobody is in these groups. Import patients into them first.'
        : `Nobody would get this text. Left out – ${why}.`,
  });
}
