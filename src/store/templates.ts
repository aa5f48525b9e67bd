import type { Db } from './database';

export interface NewVersion {
  /** The template that gets it; undefined: the template of this name, which is made when there is none. */
  readonly templateId?: number | undefined;
  readonly name: string;
  readonly key: string;
  readonly createdBy: string;
  readonly at: Date;
  readonly variants: readonly { readonly language: string; readonly text: string }[];
  readonly replies: readonly {
    readonly label: string;
    readonly words: readonly string[];
    readonly autoAnswer?: string;
    readonly autoAnswers?: Readonly<Record<string, string>>;
  }[];
}

export interface SavedVersion {
  readonly templateId: number;
  readonly versionId: number;
  readonly number: number;
}

const whole = {
  template: true,
  variants: { orderBy: { language: 'asc' } },
  replies: { orderBy: { position: 'asc' } },
} as const;

export class Templates {
  constructor(private readonly db: Db) {}

  byKey = (key: string) => this.db.template.findUnique({ where: { key } });

  version = (id: number) => this.db.templateVersion.findUniqueOrThrow({ where: { id }, include: whole });

  latest = (templateId: number) =>
    this.db.templateVersion.findFirst({ where: { templateId }, orderBy: { number: 'desc' }, include: whole });

  /** The replies that a campaign expects. */
  repliesTo = (campaignId: number) =>
    this.db.expectedReply.findMany({
      where: { version: { campaigns: { some: { id: campaignId } } } },
      orderBy: { position: 'asc' },
    });

  async idOfCampaign(campaignId: number): Promise<number | null> {
    const version = await this.db.templateVersion.findFirst({ where: { campaigns: { some: { id: campaignId } } } });
    return version?.templateId ?? null;
  }

  /** The newest version that may be sent: the newest of all, or, where templates are reviewed, the newest approved one. */
  usable = (templateId: number, { reviewed }: { reviewed: boolean }) =>
    this.db.templateVersion.findFirst({
      where: { templateId, ...(reviewed && { approvedAt: { not: null } }) },
      orderBy: { number: 'desc' },
      include: whole,
    });

  /** Newest first. */
  versions = (templateId: number, limit: number) =>
    this.db.templateVersion.findMany({
      where: { templateId },
      orderBy: { number: 'desc' },
      take: limit,
      include: whole,
    });

  /** Templates in use, or the archived ones, each with its newest version. */
  list = ({ archived = false }: { archived?: boolean } = {}) =>
    this.db.template.findMany({
      where: { archivedAt: archived ? { not: null } : null },
      orderBy: { key: 'asc' },
      include: { versions: { orderBy: { number: 'desc' }, take: 1, include: whole } },
    });

  /** When each template was last used: when its newest send began. Templates that never were are not among them. */
  async lastUsed(): Promise<ReadonlyMap<number, Date>> {
    const rows = await this.db.$queryRaw<{ templateId: bigint; at: bigint | number | string }[]>`
      SELECT v.templateId AS templateId, max(c.startedAt) AS at FROM Campaign c
      JOIN TemplateVersion v ON v.id = c.templateVersionId WHERE c.startedAt IS NOT NULL GROUP BY v.templateId`;
    return new Map(rows.map(({ templateId, at }) => [Number(templateId), new Date(Number(at))]));
  }

  /** @returns false when it was so already */
  async setArchived(id: number, archivedAt: Date | null): Promise<boolean> {
    const isOther = archivedAt === null ? { not: null } : null;
    const { count } = await this.db.template.updateMany({ where: { id, archivedAt: isOther }, data: { archivedAt } });
    return count === 1;
  }

  /** Writes a reviewer's decision, or takes it back. */
  async decide(
    versionId: number,
    decision: { approvedBy: string | null; rejectedBy: string | null; byReaction: boolean; at: Date },
  ): Promise<void> {
    const { approvedBy, rejectedBy, byReaction, at } = decision;
    const approvedAt = approvedBy === null ? null : at;
    const rejectedAt = rejectedBy === null ? null : at;
    const data = { approvedBy, approvedAt, rejectedBy, rejectedAt, byReaction };
    await this.db.templateVersion.update({ where: { id: versionId }, data });
  }

  async addVersion({ templateId, name, key, createdBy, at, variants, replies }: NewVersion): Promise<SavedVersion> {
    const template =
      templateId === undefined
        ? await this.db.template.upsert({
            where: { key },
            create: { name, key, createdAt: at },
            update: { archivedAt: null },
          })
        : await this.db.template.update({ where: { id: templateId }, data: { name, key, archivedAt: null } });
    const last = await this.db.templateVersion.findFirst({
      where: { templateId: template.id },
      orderBy: { number: 'desc' },
    });
    const version = await this.db.templateVersion.create({
      data: {
        templateId: template.id,
        number: (last?.number ?? 0) + 1,
        createdBy,
        createdAt: at,
        variants: { create: [...variants] },
        replies: {
          create: replies.map(({ label, words, autoAnswer, autoAnswers }, position) => ({
            position,
            label,
            words: JSON.stringify(words),
            autoAnswer: autoAnswer ?? null,
            autoAnswers: autoAnswers === undefined ? null : JSON.stringify(autoAnswers),
          })),
        },
      },
    });
    return { templateId: template.id, versionId: version.id, number: version.number };
  }

  /** Sends that were previewed with a text of this template and have not begun: their ids. */
  notBegunOf = async (templateId: number): Promise<number[]> =>
    (
      await this.db.campaign.findMany({
        where: { state: { in: ['DRAFT', 'AWAITING_APPROVAL', 'SCHEDULED'] }, templateVersion: { templateId } },
        select: { id: true },
      })
    ).map(({ id }) => id);
}
