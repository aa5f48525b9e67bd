import type { Db } from './database';
import type { Patient } from './generated/client';

export type StoredPatient = Patient;

export class Patients {
  constructor(private readonly db: Db) {}

  count = () => this.db.patient.count();

  byId = (id: number) => this.db.patient.findUnique({ where: { id } });

  byExternalIds = (ids: readonly string[]) => this.db.patient.findMany({ where: { externalId: { in: [...ids] } } });

  byPhone = (phone: string) => this.db.patient.findMany({ where: { phone }, orderBy: { id: 'asc' } });

  /** A patient to show a template with: one who has a first name, so that the text looks as it mostly will. */
  anyone = () => this.db.patient.findFirst({ where: { firstName: { not: '' } }, orderBy: { id: 'asc' } });

  async find(words: string, limit: number): Promise<StoredPatient[]> {
    return this.db.patient.findMany({
      where: {
        OR: [
          { externalId: words },
          { phone: { endsWith: words.replace(/\D/g, '') || ' ' } },
          { firstName: { contains: words } },
          { lastName: { contains: words } },
        ],
      },
      take: limit,
      orderBy: { id: 'asc' },
    });
  }

  /** Names of the extra columns that imports brought: placeholders of templates. Reads a sample: columns come by file. */
  async fieldNames(): Promise<string[]> {
    const rows = await this.db.$queryRaw<{ key: string }[]>`
      SELECT DISTINCT f.key AS key FROM (SELECT fields FROM Patient WHERE fields <> '{}' ORDER BY id DESC LIMIT 2000) p,
      json_each(p.fields) f ORDER BY 1`;
    return rows.map(({ key }) => key);
  }

  phone = (number: string) => this.db.phone.findUnique({ where: { number } });

  async optOut(number: string, { at, via, note }: { at: Date; via: string; note?: string }): Promise<void> {
    const data = { optedOutAt: at, optedOutVia: via, optedOutNote: note ?? null };
    await this.db.phone.upsert({ where: { number }, create: { number, ...data }, update: data });
  }

  async optIn(number: string): Promise<void> {
    await this.db.phone.updateMany({
      where: { number },
      data: { optedOutAt: null, optedOutVia: null, optedOutNote: null },
    });
  }

  async markBad(number: string, code: number, at: Date): Promise<void> {
    const data = { badSince: at, badCode: code };
    await this.db.phone.upsert({ where: { number }, create: { number, ...data }, update: data });
  }

  /** A number that proves to work is good again. */
  async markGood(number: string): Promise<void> {
    await this.db.phone.updateMany({
      where: { number, badSince: { not: null } },
      data: { badSince: null, badCode: null },
    });
  }
}
