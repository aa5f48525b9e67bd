import { namePattern, withoutAccents } from '../domain/name-search';
import type { Db } from './database';
import { type Patient, Prisma } from './generated/client';

export type StoredPatient = Patient;
export type PatientToAdd = Pick<Patient, 'externalId' | 'firstName' | 'lastName' | 'phone' | 'zones' | 'zonesFrom'>;

export type PatientChange = Partial<
  Pick<
    Patient,
    'externalId' | 'firstName' | 'lastName' | 'phone' | 'language' | 'zip' | 'timeZone' | 'zones' | 'zonesFrom'
  >
> & { readonly updatedAt: Date };

/** A phone number may be written with spaces: digits that follow each other are one word. */
const partsOf = (words: string): string[] => {
  const digits = words.replace(/\D/g, '');
  if (digits.length >= 4 && !/\p{L}/u.test(words)) return [digits];
  return words.split(/[\s,•·]+/).filter((part) => /[\p{L}\p{N}]/u.test(part));
};

const fits = (part: string): Prisma.Sql => {
  if (/^\d{4,}$/.test(part)) return Prisma.sql`substr(phone, ${-part.length}) = ${part}`;
  const [, initial] = /^(\p{L})\.?$/u.exec(part) ?? [];
  if (initial !== undefined) return Prisma.sql`lastName GLOB ${namePattern(initial, 'begins')}`;
  const plain = `%${withoutAccents(part).replace(/[\\%_]/g, '\\$&')}%`;
  const pattern = namePattern(part, 'holds');
  // Most names are of ASCII: the slow comparison is for the others.
  return Prisma.sql`(firstName LIKE ${plain} ESCAPE '\\' OR lastName LIKE ${plain} ESCAPE '\\'
    OR (firstName || lastName GLOB '*[^ -~]*' AND (firstName GLOB ${pattern} OR lastName GLOB ${pattern})))`;
};

export class Patients {
  constructor(private readonly db: Db) {}

  /** Many at once, in the order given: what trials and benches begin with. */
  async addAll(patients: readonly PatientToAdd[], at: Date): Promise<void> {
    const rows = patients.map((p) => [p.externalId, p.firstName, p.lastName, p.phone, p.zones, p.zonesFrom]);
    await this.db.$executeRaw`
      INSERT INTO Patient (externalId, firstName, lastName, phone, zones, zonesFrom, createdAt, updatedAt)
      SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4, value ->> 5, ${at}, ${at}
      FROM json_each(${JSON.stringify(rows)})`;
  }

  /** Prisma's count() would read every row, and not the smallest index. */
  async count(): Promise<number> {
    const [row] = await this.db.$queryRaw<{ n: bigint }[]>`SELECT count(*) AS n FROM Patient`;
    return Number(row?.n ?? 0);
  }

  byId = (id: number) => this.db.patient.findUnique({ where: { id } });

  byExternalIds = (ids: readonly string[]) => this.db.patient.findMany({ where: { externalId: { in: [...ids] } } });

  byPhone = (phone: string) => this.db.patient.findMany({ where: { phone }, orderBy: { id: 'asc' } });

  /** A patient to show a template with: one who has a first name, so that the text looks as it mostly will. */
  anyone = () => this.db.patient.findFirst({ where: { firstName: { not: '' } }, orderBy: { id: 'asc' } });

  /** At most so many patients, spread over all of them. Looks up each by the primary key. */
  async spread(limit: number): Promise<Pick<StoredPatient, 'firstName' | 'lastName' | 'language' | 'fields'>[]> {
    const [first, last] = [await this.endOfIds('asc'), await this.endOfIds('desc')];
    const select = { firstName: true, lastName: true, language: true, fields: true };
    if (last - first < limit) return this.db.patient.findMany({ select, take: limit });
    const ids = Array.from({ length: limit }, (_, nth) => first + Math.floor(((last - first) * nth) / (limit - 1)));
    return this.db.patient.findMany({ select, where: { id: { in: ids } } });
  }

  /** Prisma's min() and max() would read every row. */
  private async endOfIds(order: 'asc' | 'desc'): Promise<number> {
    return (await this.db.patient.findFirst({ orderBy: { id: order }, select: { id: true } }))?.id ?? 0;
  }

  /** Languages of patients, the most frequent first. */
  async languages(): Promise<{ language: string; patients: number }[]> {
    const rows = await this.db.$queryRaw<{ language: string; n: bigint }[]>`
      SELECT language, count(*) AS n FROM Patient WHERE language IS NOT NULL GROUP BY language ORDER BY n DESC LIMIT 60`;
    return rows.map(({ language, n }) => ({ language, patients: Number(n) }));
  }

  /**
   * By id as it is; else by words that all have to fit: a word of digits is the end of the number, one letter ("R.") the
   * beginning of the last name, as masked names have it, anything else a part of the name.
   */
  async find(words: string, limit: number): Promise<StoredPatient[]> {
    const exact = await this.db.patient.findUnique({ where: { externalId: words } });
    if (exact) return [exact];
    const parts = partsOf(words);
    if (parts.length === 0) return [];
    const found = await this.db.$queryRaw<{ id: bigint }[]>`
      SELECT id FROM Patient WHERE ${Prisma.join(parts.map(fits), ' AND ')} ORDER BY id LIMIT ${limit}`;
    const ids = found.map(({ id }) => Number(id));
    return this.db.patient.findMany({ where: { id: { in: ids } }, orderBy: { id: 'asc' } });
  }

  /** Names of the extra columns that imports brought: placeholders of templates. Reads a sample: columns come by file. */
  async fieldNames(): Promise<string[]> {
    const rows = await this.db.$queryRaw<{ key: string }[]>`
      SELECT DISTINCT f.key AS key FROM (SELECT fields FROM Patient WHERE fields <> '{}' ORDER BY id DESC LIMIT 2000) p,
      json_each(p.fields) f ORDER BY 1`;
    return rows.map(({ key }) => key);
  }

  /** What staff change by hand. */
  async update(id: number, data: PatientChange): Promise<void> {
    await this.db.patient.update({ where: { id }, data });
  }

  /** The languages of the newest patients; null among them when some have none. Reads a sample, as fieldNames does. */
  async languagesSpoken(): Promise<(string | null)[]> {
    const rows = await this.db.$queryRaw<{ language: string | null }[]>`
      SELECT DISTINCT language FROM (SELECT language FROM Patient ORDER BY id DESC LIMIT 5000) ORDER BY 1`;
    return rows.map(({ language }) => language);
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
