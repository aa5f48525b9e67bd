import { createReadStream, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type ColumnMapping, mapColumns } from '../../../../src/domain/patient-file/columns';
import { readRecords } from '../../../../src/domain/patient-file/read';
import { type PatientRow, readRow } from '../../../../src/domain/patient-file/row';
import { zonesOf } from '../../../../src/domain/patient-time-zones';

const folder = join(__dirname, '../../../../samples');
const readme = readFileSync(join(folder, 'README.md'), 'utf8').replace(/\s+/g, ' ');

const load = async (file: string) => {
  let mapping: ColumnMapping | undefined;
  const patients = new Map<string, PatientRow>();
  const [repeated, refused]: [string[], Map<string, number[]>] = [[], new Map()];
  for await (const { line, cells, problem } of readRecords(createReadStream(join(folder, file)))) {
    if (!mapping) {
      const columns = mapColumns(cells);
      mapping = columns.ok ? columns.mapping : undefined;
      continue;
    }
    const row = readRow(cells, mapping);
    expect(problem).toBeUndefined();
    if (!row.ok) refused.set(row.reasons.join(), [...(refused.get(row.reasons.join()) ?? []), line]);
    else if (patients.has(row.patient.externalId)) repeated.push(`${row.patient.externalId} ${line}`);
    else patients.set(row.patient.externalId, row.patient);
  }
  return { patients: [...patients.values()], repeated, refused };
};

test('samples/patients.csv holds what its README counts', async () => {
  const { patients, repeated, refused } = await load('patients.csv');
  const inGroup = (group: string): number => patients.filter(({ groups }) => groups.includes(group)).length;
  const speaking = (code?: string): number => patients.filter(({ language }) => language === code).length;
  const from = (source: string): number =>
    patients.filter(({ zip, phone }) => zonesOf({ zip, phone, clinicZone: 'America/Chicago' }).source === source)
      .length;
  const numbers = patients.map(({ phone }) => phone);
  const sentences = [
    `| new patients | ${patients.length} |`,
    `| repeated ids | ${repeated.length} |`,
    `| refused | ${[...refused.values()].flat().length} |`,
    `groups: “2nd dose” ${inGroup('2nd dose')}, “Diabetes” ${inGroup('Diabetes')}, “Seniors” ${inGroup('Seniors')}`,
    `${patients.filter(({ groups }) => groups.length === 0).length} in none`,
    `English ${speaking('en')}, Spanish ${speaking('es')}, Vietnamese ${speaking('vi')}, not given ${speaking()}`,
    `${patients.filter(({ optedOut }) => optedOut).length} opted out`,
    `${patients.filter(({ firstName }) => !firstName).length} without a first name`,
    `${numbers.length - new Set(numbers).size} numbers with two patients each`,
    `ZIP: ${from('zip')}; from the area code: ${from('area code')}; from both, as they disagree: ${from('zip and area code')}`,
    ...[...refused.values()].map((lines) => `| ${lines.length} | ${lines.join(', ')} |`),
  ];
  expect(sentences.filter((sentence) => !readme.includes(sentence))).toEqual([]);
  expect([refused.size, repeated]).toEqual([8, ['0041050 93', '0041075 164']]);
});

test('samples/staff.csv holds eight staff whose mobile is their id', async () => {
  const { patients, repeated, refused } = await load('staff.csv');
  expect(patients.every(({ kind, externalId, phone }) => kind === 'STAFF' && externalId === phone)).toBe(true);
  expect([patients.length, repeated.length, refused.size]).toEqual([8, 0, 0]);
});
