import { plainKey } from '../domain/plain-key';
import type { Db } from './database';

/** What must be unique of a group's name. */
export const groupKey = plainKey;

export class Groups {
  constructor(private readonly db: Db) {}

  list = () =>
    this.db.group.findMany({
      where: { deletedAt: null },
      orderBy: { key: 'asc' },
      include: { _count: { select: { members: true } } },
    });

  byIds = (ids: readonly number[]) =>
    this.db.group.findMany({ where: { id: { in: [...ids] }, deletedAt: null }, orderBy: { name: 'asc' } });

  /** Deleted ones as well: what was sent to them still says their names. */
  everByIds = (ids: readonly number[]) =>
    this.db.group.findMany({ where: { id: { in: [...ids] } }, orderBy: { name: 'asc' } });

  /** With how many are in it; deleted ones as well. */
  everById = (id: number) =>
    this.db.group.findUnique({ where: { id }, include: { _count: { select: { members: true } } } });

  byName = (name: string) => this.db.group.findUnique({ where: { key: groupKey(name) } });

  async ensure(names: readonly string[], at: Date): Promise<void> {
    const distinct = new Map(names.map((name) => [groupKey(name), name.trim().replace(/\s+/g, ' ')]));
    await this.db.$executeRaw`
      INSERT INTO "Group" (name, key, createdAt)
      SELECT value ->> '$[1]', value ->> '$[0]', ${at} FROM json_each(${JSON.stringify([...distinct])}) WHERE 1
      ON CONFLICT (key) DO NOTHING`;
  }

  async rename(id: number, name: string): Promise<void> {
    await this.db.group.update({ where: { id }, data: { name, key: groupKey(name) } });
  }

  /** Its name can be given to another group from now on: no name of a group has a key in capitals. */
  async markDeleted(id: number, at: Date): Promise<void> {
    await this.db.group.updateMany({ where: { id, deletedAt: null }, data: { deletedAt: at, key: `DELETED ${id}` } });
  }

  /** Puts some of a group's patients into another one and takes them out. @returns how many there were, `most` at most */
  async moveSome(from: number, into: number, most: number): Promise<number> {
    await this.db.$executeRaw`
      INSERT OR IGNORE INTO GroupMember (groupId, patientId)
      SELECT ${into}, patientId FROM GroupMember WHERE groupId = ${from} ORDER BY patientId LIMIT ${most}`;
    return this.removeSome(from, most);
  }

  /** Takes some out of a group, in the order of their ids. Uses the primary key. */
  removeSome = (groupId: number, most: number): Promise<number> =>
    this.db.$executeRaw`
      DELETE FROM GroupMember WHERE (groupId, patientId) IN (
        SELECT groupId, patientId FROM GroupMember WHERE groupId = ${groupId} ORDER BY patientId LIMIT ${most})`;

  ofPatients = (patientIds: readonly number[]) =>
    this.db.groupMember.findMany({
      where: { patientId: { in: [...patientIds] }, group: { deletedAt: null } },
      include: { group: true },
    });

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
