import fc from 'fast-check';
import { mapColumns } from '../../../../src/domain/patient-file/columns';
import { type PatientRow, readRow, type RowOptions, type RowResult } from '../../../../src/domain/patient-file/row';
import { naughtyStrings } from '../../../support/naughty';

const resultOf = (values: Record<string, string>, options?: RowOptions): RowResult => {
  const row = { MRN: 'A1', Cell: '2065552311', ...values };
  const columns = mapColumns(Object.keys(row));
  if (!columns.ok) throw new Error(JSON.stringify(columns.problems));
  return readRow(Object.values(row), columns.mapping, options);
};
const patient = (values: Record<string, string>, options?: RowOptions): PatientRow => {
  const result = resultOf(values, options);
  if (!result.ok) throw new Error(result.reasons.join(' '));
  return result.patient;
};
const reasons = (values: Record<string, string>): readonly string[] => {
  const result = resultOf(values);
  return result.ok ? [] : result.reasons;
};
const warnings = (values: Record<string, string>): readonly string[] => {
  const result = resultOf(values);
  return result.ok ? result.warnings : ['refused'];
};

test('a whole row', () => {
  const row = {
    MRN: ' 00123 ',
    'Last Name': ' García  López',
    'First Name': 'Ana\u00a0María ',
    Cell: '(206) 555-2311',
    Language: 'Español',
    Group: '2nd dose; Diabetes;2ND DOSE',
    ZIP: '98101-1234',
    State: 'Washington',
    'Time Zone': 'Pacific',
    'Opted Out': 'no',
    'Clinic Site': 'Rainier',
    Notes: 'bites',
  };
  expect(resultOf(row)).toEqual({
    ok: true,
    warnings: [],
    patient: {
      externalId: '00123',
      kind: 'PATIENT',
      firstName: 'Ana María',
      lastName: 'García López',
      phone: '+12065552311',
      language: 'es',
      zip: '98101',
      state: 'WA',
      timeZone: 'America/Los_Angeles',
      groups: ['2nd dose', 'Diabetes'],
      optedOut: false,
      fields: { clinic_site: 'Rainier' },
      cleared: [],
    },
  });
});

const BLANK = {
  First: '',
  Last: '',
  Language: '',
  ZIP: '',
  State: '',
  'Time Zone': '',
  Group: '',
  'Opted Out': '',
  Site: '',
};

test('a blank cell leaves a value as it is: nothing is said of it', () => {
  const nothing = { externalId: 'A1', kind: 'PATIENT', phone: '+12065552311', groups: [], fields: {}, cleared: [] };
  expect(patient(BLANK)).toEqual(nothing);
  expect(patient(Object.fromEntries(Object.keys(BLANK).map((name) => [name, ' - '])))).toEqual(nothing);
});

test('-- clears what may be cleared, and never an opt-out', () => {
  const cleared = patient(Object.fromEntries(Object.keys(BLANK).map((name) => [name, '--'])));
  expect([...cleared.cleared].sort()).toEqual(
    ['fields.site', 'firstName', 'groups', 'language', 'lastName', 'state', 'timeZone', 'zip'].sort(),
  );
  expect(cleared.optedOut).toBeUndefined();
  expect(patient({ Name: '--' }).cleared).toEqual(['firstName', 'lastName']);
  expect(reasons({ MRN: '--', Cell: '--' })).toHaveLength(2);
});

test('without an id column, and for staff always, the mobile is the id', () => {
  const columns = mapColumns(['Name', 'Cell']);
  if (!columns.ok) throw new Error('the header is plain');
  expect(readRow(['Li', '206-555-2311'], columns.mapping)).toMatchObject({ patient: { externalId: '+12065552311' } });
  expect(patient({ MRN: '', Kind: 'Volunteer' })).toMatchObject({ kind: 'STAFF', externalId: '+12065552311' });
  expect(patient({}, { kind: 'STAFF' })).toMatchObject({ kind: 'STAFF', externalId: '+12065552311' });
  expect(patient({ Kind: 'paciente' }, { kind: 'STAFF' })).toMatchObject({ kind: 'PATIENT', externalId: 'A1' });
  expect(reasons({ Kind: 'Nurse' })).toEqual([expect.stringContaining('write patient or staff')]);
});

test.each([
  ['García López, Ana María', 'Ana María', 'García López'],
  ['Ana García López', 'Ana', 'García López'],
  ['SMITH, JOHN', 'JOHN', 'SMITH'],
  ['Smith, John, Jr.', 'John', 'Smith Jr.'],
  ['John Smith, Jr.', 'John', 'Smith Jr.'],
  ['Prince', 'Prince', undefined],
  ['Smith,', 'Smith', undefined],
])('the full name %j is %j %j', (full, first, last) => {
  expect(patient({ Name: full })).toEqual(
    expect.objectContaining({ firstName: first, ...(last && { lastName: last }) }),
  );
  expect(patient({ Name: full }).lastName).toBe(last);
});

test('columns of first and last name go before one of the full name', () => {
  expect(patient({ First: 'Jo', Last: '', Name: 'Joseph Li' })).toMatchObject({ firstName: 'Jo', lastName: 'Li' });
});

test('names that look like nothing are names', () => {
  expect(patient({ First: 'No', Last: 'Null' })).toMatchObject({ firstName: 'No', lastName: 'Null' });
  expect(patient({ First: 'N/A', Last: "O'Brien-Ñandú" }).lastName).toBe("O'Brien-Ñandú");
});

test('what a person cannot see is taken out of names; what scripts need stays', () => {
  expect(patient({ First: '\u202Etxt.exe\u202C', Last: 'A\u0000n\u0007n\u200B\uFEFF' })).toMatchObject({
    firstName: 'txt.exe',
    lastName: 'Ann',
  });
  expect(patient({ First: 'Jose\u0301', Last: 'Li\nWong\t' })).toMatchObject({
    firstName: 'José',
    lastName: 'Li Wong',
  });
  expect(patient({ First: 'می\u200Cخواهم', Last: '\uD83D' + 'x' })).toMatchObject({
    firstName: 'می\u200Cخواهم',
    lastName: 'x',
  });
});

test('no naughty string leaves control characters, bidirectional overrides or broken surrogates', () => {
  const unseen = /[\p{Cc}\p{Cs}\u202A-\u202E\u2066-\u2069]/u;
  const check = (First: string): void => {
    const result = resultOf({ First });
    if (result.ok) expect(result.patient.firstName ?? '').not.toMatch(unseen);
    else expect(result.reasons[0]).toMatch(/longer than|cannot be read/);
  };
  naughtyStrings.forEach(check);
  fc.assert(fc.property(fc.string({ unit: 'binary' }), check));
});

test.each([
  ['98101', '98101'],
  ['98101-1234', '98101'],
  ['981011234', '98101'],
  ['2108', '02108'],
  ['601', '00601'],
  ['21081234', '02108'],
  ['98101.0', '98101'],
  ['02108-', '02108'],
  ['2108-1234', '02108'],
])('ZIP %s is %s', (written, zip) => {
  expect(patient({ ZIP: written }).zip).toBe(zip);
});

test('values that are not understood are left as they are, with a warning; those that mean nothing, without', () => {
  expect(
    warnings({ ZIP: 'K1A 0B1', State: 'Ontario', Language: 'Klingonese', 'Time Zone': 'Mars/Olympus' }),
  ).toHaveLength(4);
  expect(warnings({ ZIP: 'N/A', State: 'unknown', Language: 'Declined', 'Time Zone': 'none' })).toEqual([]);
  expect(patient({ ZIP: '12' }).zip).toBeUndefined();
});

test.each([
  ['EST', 'America/New_York'],
  ['Central Time', 'America/Chicago'],
  ['US/Mountain', 'US/Mountain'],
  ['Mountain Standard Time', 'America/Denver'],
  ['PDT', 'America/Los_Angeles'],
  ['Hawaii', 'Pacific/Honolulu'],
  ['America/Indiana/Knox', 'America/Indiana/Knox'],
])('time zone %s is %s', (written, zone) => {
  expect(patient({ 'Time Zone': written }).timeZone).toBe(zone);
});

test.each([
  ['Opted Out', 'Yes', true],
  ['Opted Out', 'x', true],
  ['Opted Out', 'STOP', true],
  ['Do not text', 'sí', true],
  ['Opted Out', '2026-01-05', true],
  ['Opted Out', 'N', false],
  ['SMS Consent', 'yes', false],
  ['SMS Consent', 'Signed', false],
  ['SMS Consent', '1/5/2026', false],
  ['SMS Consent', 'no', true],
  ['SMS Consent', 'Declined', true],
  ['SMS Consent', 'revoked', true],
])('%s = %s: opted out is %s', (column, value, optedOut) => {
  expect(patient({ [column]: value }).optedOut).toBe(optedOut);
});

test('of opt-out and consent the one that forbids counts, and an unclear word is refused, never guessed', () => {
  expect(patient({ 'Opted Out': 'no', Consent: 'no' }).optedOut).toBe(true);
  expect(patient({ 'Opted Out': 'yes', Consent: 'yes' }).optedOut).toBe(true);
  expect(reasons({ 'Opted Out': 'maybe later' })).toEqual([expect.stringContaining('“maybe later”')]);
});

test('numbers that Excel has rounded are refused, with how to export them', () => {
  expect(reasons({ Cell: '1.2065552311E+10' })).toEqual([expect.stringMatching(/scientific notation.*as Text/s)]);
  expect(reasons({ MRN: '4.50012E+08' })).toEqual([expect.stringMatching(/patient id.*as Text/s)]);
  expect(patient({ MRN: '12E5' }).externalId).toBe('12E5');
});

test('a torn row, unreadable letters, a blank id: everything that is wrong is said at once', () => {
  const columns = mapColumns(['MRN', 'First', 'Cell']);
  if (!columns.ok) throw new Error('the header is plain');
  const result = readRow(['', 'Jos\uFFFD', '206-555-0100', 'Jr.'], columns.mapping);
  expect(result).toEqual({
    ok: false,
    reasons: [
      expect.stringContaining('more values'),
      expect.stringContaining('cannot be read'),
      expect.stringContaining('555-0100'),
      'There is no patient id.',
    ],
  });
  expect(readRow(['A1', 'Jo', '2065552311', '', ' '], columns.mapping).ok).toBe(true);
  expect(readRow(['A1'], columns.mapping)).toEqual({ ok: false, reasons: ['There is no mobile number.'] });
});

test('groups may stand in several columns and be divided by semicolon, bar or line end; commas are part of a name', () => {
  expect(patient({ Group: 'Seniors|2nd dose\nDiabetes, type 2', 'Group 2': 'seniors; ;Flu' }).groups).toEqual([
    'Seniors',
    '2nd dose',
    'Diabetes, type 2',
    'Flu',
  ]);
});
