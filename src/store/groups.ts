import { plainKey } from '../domain/plain-key';
import type { Db } from './database';

/** What must be unique of a group's name. */
export const groupKey = plainKey;

export class Groups {
  constructor(private readonly db: Db) {}

  list = () => this.db.group.findMany({ orderBy: { name: 'asc' }, include: { _count: { select: { members: true } } } });

  byIds = (ids: readonly number[]) =>
    this.db.group.findMany({ where: { id: { in: [...ids] } }, orderBy: { name: 'asc' } });

  byName = (name: string) => this.db.group.findUnique({ where: { key: groupKey(name) } });

  async ensure(names: readonly string[], at: Date): Promise<void> {
    const distinct = new Map(names.map((name) => [groupKey(name), name.trim().replace(/\s+/g, ' ')]));
    await this.db.$executeRaw`
      INSERT INTO "Group" (name, key, createdAt)
      SELECT value ->> '$[1]', value ->> '$[0]', ${at} FROM json_each(${JSON.stringify([...distinct])}) WHERE 1
      ON CONFLICT (key) DO NOTHING`;
  }

  ofPatients = (patientIds: readonly number[]) =>
    this.db.groupMember.findMany({ where: { patientId: { in: [...patientIds] } }, include: { group: true } });

  /** @returns false when it was there */
  async addMember(groupId: number, patientId: number): Promise<boolean> {
    const added = await this.db.$executeRaw`
      INSERT INTO GroupMember (groupId, patientId) VALUES (${groupId}, ${patientId}) ON CONFLICT DO NOTHING`;
    return added === 1;
  }

  async removeMember(groupId: number, patientId: number): Promise<boolean> {
    const { count } = await this.db.groupMember.deleteMany({ where: { groupId, patientId } });
    return count === 1;
  }
}
