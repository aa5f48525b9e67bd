import type { Db } from './database';

/** Full names and numbers that stand on somebody's screen for a while. */
export class Reveals {
  constructor(private readonly db: Db) {}

  async add(reveal: { actor: string; subject: string; viewId: string; until: Date }): Promise<void> {
    await this.db.reveal.create({ data: reveal });
  }

  /** Whose time is over and which may still be seen. */
  due = (now: Date) =>
    this.db.reveal.findMany({ where: { hiddenAt: null, until: { lte: now } }, orderBy: { until: 'asc' }, take: 50 });

  async markHidden(id: number, at: Date): Promise<void> {
    await this.db.reveal.update({ where: { id }, data: { hiddenAt: at } });
  }
}
