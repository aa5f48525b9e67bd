import fc from 'fast-check';
import { type ColumnChoice, looksLikeHeader, mapColumns } from '../../../../src/domain/patient-file/columns';

const mapped = (header: string, choice?: ColumnChoice) => {
  const result = mapColumns(header.split(','), choice);
  if (!result.ok) throw new Error(JSON.stringify(result.problems));
  return result;
};
const problemsOf = (header: string, choice?: ColumnChoice) => {
  const result = mapColumns(header.split(','), choice);
  return result.ok ? [] : result.problems;
};

test.each([
  ['MRN,Last Name,First Name,Cell Phone,Preferred Language,Group,ZIP,Notes'],
  ['Patient ID,Patient Last Name,Patient First Name,Mobile Phone Number,Language,Groups,Zip Code,Comments'],
  ['chart #,last,first,CELL #,LANG,group(s),postal code,note'],
  ['pt_id,lname,fname,mobile_no,pref_language,cohort,zip5,remarks'],
  ['PAT_MRN_ID,PAT_LAST_NAME,PAT_FIRST_NAME,PAT_CELL_PHONE,LANGUAGE_NAME,COHORT,ZIP,NOTES'],
  ['PatientNumber,Surname,GivenName,CellPhoneNumber,PrimaryLanguage,Tags,ZipCode,InternalNotes'],
  ['Expediente,Apellidos,Nombre,Teléfono móvil,Idioma,Grupo,Código postal,Notas'],
  [' "M.R.N." ,Last-Name,First.Name,Telephone,Spoken Language,Program,Home ZIP,COMMENT'],
])('%s: all eight columns are found', (header) => {
  const { mapping, idFromPhone } = mapped(header);
  expect(mapping).toMatchObject({
    externalId: 0,
    lastName: 1,
    firstName: 2,
    phone: 3,
    language: 4,
    zip: 6,
    groups: [5],
  });
  expect([mapping.fields, idFromPhone, mapping.width]).toEqual([[], false, 8]);
});

test('further columns that are known', () => {
  const { mapping } = mapped('Name,Phone,State,Time Zone,Do Not Text,SMS Consent,Kind,Group 1,Group 2');
  expect(mapping).toMatchObject({
    fullName: 0,
    phone: 1,
    state: 2,
    timeZone: 3,
    optOut: 4,
    consent: 5,
    kind: 6,
    groups: [7, 8],
  });
});

test('a mobile column goes before a phone column; home and work phones are never texted', () => {
  expect(mapped('id,Phone,Mobile,Home Phone').mapping.phone).toBe(2);
  expect(mapped('id,Home Phone,Phone,Work Phone').mapping.phone).toBe(2);
  expect(problemsOf('id,Home Phone,Work Phone')).toEqual([{ problem: 'NO_PHONE_COLUMN' }]);
});

test('without a patient id column the mobile is the id, and that is said', () => {
  const { idFromPhone, mapping } = mapped('Name,Mobile');
  expect([idFromPhone, mapping.externalId]).toEqual([true, undefined]);
});

test('two columns that claim the same are asked about, with the columns', () => {
  expect(problemsOf('MRN,Chart Number,Cell')).toEqual([{ problem: 'AMBIGUOUS', role: 'externalId', columns: [0, 1] }]);
  expect(problemsOf('MRN,Cell,Mobile')).toEqual([{ problem: 'AMBIGUOUS', role: 'phone', columns: [1, 2] }]);
  expect(problemsOf('Phone,Phone,Language,Idioma')).toEqual([
    { problem: 'AMBIGUOUS', role: 'phone', columns: [0, 1] },
    { problem: 'AMBIGUOUS', role: 'language', columns: [2, 3] },
  ]);
});

test('a choice settles what is ambiguous or missing, and the column is nothing else then', () => {
  expect(mapped('MRN,Chart Number,Cell', { externalId: 1 }).mapping).toMatchObject({
    externalId: 1,
    fields: [{ key: 'mrn', index: 0 }],
  });
  expect(mapped('a,b', { phone: 1, externalId: null }).mapping).toMatchObject({
    phone: 1,
    fields: [{ key: 'a', index: 0 }],
  });
  expect(mapped('MRN,Cell', { externalId: null })).toMatchObject({ idFromPhone: true });
  expect(mapped('Group,Cell', { externalId: 0 }).mapping).toMatchObject({ externalId: 0, groups: [] });
});

test('other columns become fields for templates, under names that templates can say', () => {
  const { mapping } = mapped(
    'MRN,Cell,Next Appt. (date),DOB,2nd Dose Due,Próxima Cita,clinicSite,,Phone,DOB,医生,Notes',
  );
  expect(mapping.fields).toEqual([
    { key: 'next_appt_date', index: 2 },
    { key: 'dob', index: 3 },
    { key: 'field_2nd_dose_due', index: 4 },
    { key: 'proxima_cita', index: 5 },
    { key: 'clinic_site', index: 6 },
    { key: 'phone_2', index: 8 },
    { key: 'dob_2', index: 9 },
    { key: 'column_11', index: 10 },
  ]);
});

test('a header is a row that names a phone, or two known columns; a row of data or a title is none', () => {
  expect(looksLikeHeader(['Cell Phone'])).toBe(true);
  expect(looksLikeHeader(['Last', 'First', 'x'])).toBe(true);
  expect(looksLikeHeader(['Patient list of Evergreen Clinic', '', ''])).toBe(false);
  expect(looksLikeHeader(['1001', 'Ann', '(206) 555-2311', 'English'])).toBe(false);
  expect(looksLikeHeader(['Notes', 'Notes', 'x'])).toBe(false);
});

test('whatever the header, no column has two meanings and no field’s name comes twice', () => {
  const names = fc.oneof(
    fc.string(),
    fc.constantFrom('MRN', 'Cell', 'Phone', 'Name', 'Group', 'Notes', 'ZIP', '__proto__', 'constructor'),
  );
  fc.assert(
    fc.property(fc.array(names, { maxLength: 12 }), (header) => {
      const result = mapColumns(header);
      if (!result.ok) return expect(result.problems).not.toEqual([]);
      const { used, fields } = result.mapping;
      expect(new Set(used).size).toBe(used.length);
      expect(new Set(fields.map(({ key }) => key)).size).toBe(fields.length);
      fields.forEach(({ key }) => expect(key).toMatch(/^[a-z][a-z0-9_]*$/));
    }),
    { numRuns: 300 },
  );
});
