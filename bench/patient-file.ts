import { once } from 'node:events';
import { createWriteStream } from 'node:fs';

/** What is in a file that {@link writePatientFile} wrote. */
export interface PatientFile {
  readonly rows: number;
  /** Rows that can be used. */
  readonly patients: number;
  readonly rejected: number;
  readonly twice: number;
  /** Members of each group. */
  readonly groups: Readonly<Record<string, number>>;
}

const FIRST = ['Ana', 'Ben', 'José', 'Mary Ann', 'Łukasz', 'Dora', 'Kim', 'Luis', 'Zoë', 'Nguyễn'];
const LAST = ['Reyes', 'García López', 'Smith', 'O’Neil', 'Brandt', 'Lima', 'Okafor', 'Ångström'];
const LANGUAGES = ['English', 'Spanish', 'español', 'es', 'en', '', 'Vietnamese', 'ENGLISH '];
const GROUPS = ['2nd dose', 'Flu 2026', 'Diabetes; 2nd dose', '', 'Seniors'];
const ZIPS = ['02118', '60623', '90012-1234', '96813', '10001', '73301', ''];
const AREAS = ['617', '312', '213', '808', '212', '512', '415', '305', '702', '206'];
const PER_AREA = 7_990_000;

/** Cells as exports write them: numbers in several forms, commas in values, names with accents, blanks. */
const WRITTEN: readonly ((area: string, seven: string) => string)[] = [
  (area, seven) => `(${area}) ${seven.slice(0, 3)}-${seven.slice(3)}`,
  (area, seven) => `${area}-${seven.slice(0, 3)}-${seven.slice(3)}`,
  (area, seven) => `+1${area}${seven}`,
  (area, seven) => `${area}.${seven.slice(0, 3)}.${seven.slice(3)}`,
];

/** Messy as real files are, and the same for the same size: each number and id but a few stands in it once. */
export async function writePatientFile(path: string, rows: number): Promise<PatientFile> {
  const out = createWriteStream(path);
  const made = new Rows();
  out.write('Patient ID,Mobile Phone,First Name,Last Name,Preferred Language,ZIP,Group,Clinic Site,Notes\r\n');
  for (let from = 0; from < rows; from += 5_000) {
    const lines = Array.from({ length: Math.min(5_000, rows - from) }, (_, index) => made.next(from + index));
    if (!out.write(lines.join(''))) await once(out, 'drain');
  }
  out.end();
  await once(out, 'close');
  return { rows, ...made.counts };
}

class Rows {
  readonly counts = { patients: 0, rejected: 0, twice: 0, groups: {} as Record<string, number> };
  private state = 1;

  next(index: number): string {
    const area = this.pick(AREAS);
    // Prime to the number of places: no number comes twice.
    const number = 2_000_000 + ((index * 7_919) % PER_AREA);
    // Nobody has 555-01xx: a row that is meant to be good gets another.
    const seven = String(number).replace(/^55501/, '55601');
    // The first row is a good one: others have its id.
    const fate = index === 0 ? 0.5 : this.random();
    const phone = fate < 0.005 ? '' : fate < 0.01 ? `${area}-555-0123` : this.pick(WRITTEN)(area, seven);
    const isTwice = fate > 0.999;
    const groups = this.pick(GROUPS);
    this.count({ isRejected: fate < 0.01, isTwice, groups });
    const id = isTwice ? 'P100001' : `P${100_001 + index}`;
    const name = `${this.pick(FIRST)},${this.pick(LAST)}`;
    const rest = `${this.pick(LANGUAGES)},${this.pick(ZIPS)},${groups},"Main St, ${1 + (index % 9)}",note ${index}`;
    return `${id},${phone},${name},${rest}\r\n`;
  }

  private count({ isRejected, isTwice, groups }: { isRejected: boolean; isTwice: boolean; groups: string }): void {
    const { counts } = this;
    if (isRejected) counts.rejected += 1;
    else if (isTwice) counts.twice += 1;
    else {
      counts.patients += 1;
      for (const group of groups.split('; ')) counts.groups[group] = (counts.groups[group] ?? 0) + 1;
    }
  }

  private pick<T>(list: readonly T[]): T {
    return list[Math.floor(this.random() * list.length)] as T;
  }

  /** 0 ≤ x < 1 (mulberry32): the same numbers each time. */
  private random(): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let t = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  }
}
