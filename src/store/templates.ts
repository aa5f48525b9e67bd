import type { Db } from './database';

export interface NewVersion {
  readonly name: string;
  readonly key: string;
  readonly createdBy: string;
  readonly at: Date;
  readonly variants: readonly { readonly language: string; readonly text: string }[];
  readonly replies: readonly {
    readonly label: string;
    readonly words: readonly string[];
    readonly autoAnswer?: string;
  }[];
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

  /** Templates in use, each with its newest version. */
  list = () =>
    this.db.template.findMany({
      where: { archivedAt: null },
      orderBy: { name: 'asc' },
      include: {
        versions: {
          orderBy: { number: 'desc' },
          take: 1,
          include: { variants: true, replies: { orderBy: { position: 'asc' } } },
        },
      },
    });

  async addVersion({
    name,
    key,
    createdBy,
    at,
    variants,
    replies,
  }: NewVersion): Promise<{ templateId: number; versionId: number }> {
    const template = await this.db.template.upsert({
      where: { key },
      create: { name, key, createdAt: at },
      update: { archivedAt: null },
    });
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
          create: replies.map(({ label, words, autoAnswer }, position) => ({
            position,
            label,
            words: JSON.stringify(words),
            autoAnswer: autoAnswer ?? null,
          })),
        },
      },
    });
    return { templateId: template.id, versionId: version.id };
  }
}
