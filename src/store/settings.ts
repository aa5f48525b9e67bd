import type { Db } from './database';

/** What admins have changed, by name; JSON. What is not here is as the environment says. */
export class Settings {
  constructor(private readonly db: Db) {}

  read = (key: string) => this.db.setting.findUnique({ where: { key } });

  async write(key: string, value: string, { by, at }: { by: string; at: Date }): Promise<void> {
    const data = { value, updatedBy: by, updatedAt: at };
    await this.db.setting.upsert({ where: { key }, create: { key, ...data }, update: data });
  }
}
