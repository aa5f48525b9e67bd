/**
 * Writes samples/patients.csv and samples/staff.csv. All people in them are invented; the same run gives the same files.
 *
 * patients.csv is as an EHR's export is after Excel and two colleagues: UTF-8 with a byte order mark, CRLF, 200 rows.
 * - Phones in seven spellings, in exchange 555 from 555-2000 up: the fictitious 555-01xx are refused by the app, as they must be.
 * - Patients of eight places in seven time zones (New York, Boston, Chicago, Denver, Phoenix, Los Angeles, Anchorage,
 *   Honolulu). Boston's ZIPs have lost their leading zero; some have ZIP+4 or none; four have moved: their ZIP and area code lie
 *   in different zones. Two without a ZIP have an area code that spans two zones (850).
 * - Every fifth speaks Spanish, written in five ways; two speak Vietnamese; some cells are blank.
 * - Groups "2nd dose", "Diabetes" and "Seniors", some patients in several.
 * - Three pairs of relatives on one number; two without a first name; names in capitals and with stray blanks.
 * - Two are opted out. One note holds a line break, some a comma. Three blank lines at the end.
 * - Twelve rows that are refused, one row twice, and one id again with another number: samples/README.md counts them.
 *
 * staff.csv has eight staff without an id column: their mobile number is their id.
 *
 * Run: node scripts/make-sample-patients.mjs
 */
import { writeFileSync } from 'node:fs';

/** A small generator of numbers that is the same on every machine (mulberry32). */
const generator = (seed) => () => {
  seed = (seed + 0x6d2b79f5) | 0;
  let mixed = Math.imul(seed ^ (seed >>> 15), 1 | seed);
  mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
  return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
};
const random = generator(20201214);
const pick = (list) => list[Math.floor(random() * list.length)];

const PLACES = [
  { areas: ['212', '718', '917'], zips: ['10029', '10453', '11220', '11372'] },
  { areas: ['617', '857'], zips: ['2118', '2124', '2130'] },
  { areas: ['312', '773'], zips: ['60608', '60623', '60640'] },
  { areas: ['303', '720'], zips: ['80204', '80219', '80223-1402'] },
  { areas: ['602', '480'], zips: ['85009', '85033', '85041'] },
  { areas: ['213', '310', '323'], zips: ['90022', '90033', '90063', '90255-2210'] },
  { areas: ['907'], zips: ['99501', '99508'] },
  { areas: ['808'], zips: ['96813', '96817', '96819'] },
];
/** Most patients live in the four large cities. */
const SPREAD = [0, 0, 0, 1, 2, 2, 2, 3, 3, 3, 4, 5, 5, 5, 5, 6, 7];

const SPANISH = {
  first: 'José María Ana Luis Sofía Andrés Lucía Ramón Inés Joaquín Concepción Raúl Verónica Ángel Begoña Íñigo'.split(
    ' ',
  ),
  last: 'García López|Muñoz|Hernández|Núñez Peña|Rodríguez|Martínez|Ibáñez|Gómez|de la Cruz|Sánchez|Ordóñez|Vázquez'.split(
    '|',
  ),
  languages: ['Spanish', 'Spanish', 'Español', 'es', 'SPANISH', 'español'],
};
const ENGLISH = {
  first:
    'James Linda Robert Patricia Aisha Michael Keola Susan Daniel Grace Walter Ruth Omar Helen Tamika George Nora Peter Irene Samuel'.split(
      ' ',
    ),
  last: "Johnson|Williams|O'Brien|Nakamura|Kealoha|Washington|Smith|Kowalski|Okafor|Begay|Cohen|Miller|Patel|Van Dyke|Ivanoff|Lee".split(
    '|',
  ),
  languages: ['English', 'English', 'English', 'en', 'ENGLISH', ''],
};
const GROUPS = [
  '2nd dose',
  '2nd dose',
  'Diabetes',
  'Diabetes',
  'Seniors',
  'Seniors',
  '2nd dose; Diabetes',
  'Diabetes;Seniors',
  '',
];
const NOTES = ['', '', '', '', 'prefers mornings', 'calls back, rarely texts', 'interpreter booked', 'moved in March'];

const SPELLINGS = [
  (area, exchange, line) => `(${area}) ${exchange}-${line}`,
  (area, exchange, line) => `${area}-${exchange}-${line}`,
  (area, exchange, line) => `${area}.${exchange}.${line}`,
  (area, exchange, line) => `${area}${exchange}${line}`,
  (area, exchange, line) => `+1 ${area} ${exchange} ${line}`,
  (area, exchange, line) => `1-${area}-${exchange}-${line}`,
  (area, exchange, line) => ` ${area} ${exchange} ${line} `,
];

/** Patient number n: its phone's last four digits are its own. */
const patient = (n) => {
  const spanish = n % 5 === 0;
  const people = spanish ? SPANISH : ENGLISH;
  const place = PLACES[pick(SPREAD)];
  const [last, first] = [pick(people.last), pick(people.first)];
  return {
    mrn: String(41000 + n).padStart(7, '0'),
    last: n % 37 === 3 ? last.toUpperCase() : n % 41 === 7 ? ` ${last}  ` : last,
    first: n % 37 === 3 ? first.toUpperCase() : first,
    phone: pick(SPELLINGS)(pick(place.areas), '555', String(2000 + n * 37)),
    language: pick(people.languages),
    group: pick(GROUPS),
    zip: n % 11 === 0 ? '' : pick(place.zips),
    optOut: '',
    notes: pick(NOTES),
  };
};

/** Changes by patient number: what makes the file worth trying. */
const CHANGES = new Map([
  [12, { phone: '(212) 555-2481', last: 'Rivera', first: 'Carmen', language: 'Spanish', zip: '10029' }],
  [
    13,
    {
      phone: '212-555-2481',
      last: 'Rivera',
      first: 'Mateo',
      language: 'English',
      zip: '10029',
      notes: 'son of Carmen, same phone',
    },
  ],
  [57, { phone: '(303) 555-4109', zip: '80204' }],
  [58, { phone: '303.555.4109', zip: '80204', notes: 'shares a phone with her husband' }],
  [121, { phone: '773-555-6477', zip: '60608' }],
  [122, { phone: '+1 773 555 6477', zip: '60608', notes: 'lives with her sister' }],
  [31, { first: '' }],
  [88, { first: '' }],
  [44, { optOut: 'yes' }],
  [109, { optOut: 'Yes', notes: 'asked not to be texted' }],
  [66, { notes: 'wheelchair access\r\nneeds "quiet" room' }],
  [23, { phone: '917-555-2851', zip: '80219', notes: 'moved to Denver' }],
  [71, { phone: '(808) 555-4627', zip: '60623' }],
  [99, { phone: '907-555-5663', zip: '85033' }],
  [140, { phone: '310.555.7180', zip: '11372' }],
  [36, { phone: '850-555-3332', zip: '' }],
  [152, { phone: '(850) 555-7624', zip: '' }],
  [78, { language: 'Vietnamese', last: 'Nguyễn', first: 'Thảo' }],
  [79, { language: 'vi', last: 'Trần', first: 'Minh' }],
]);
const REFUSED = new Map([
  [9, { phone: '' }],
  [27, { phone: '206-555-0143' }],
  [42, { phone: '1-800-555-2311' }],
  [53, { phone: '555-2961' }],
  [69, { phone: '(312) 555-0188' }],
  [84, { phone: '(602) 555-5108 x12' }],
  [97, { phone: 'none' }],
  [113, { phone: '1.21256E+10' }],
  [131, { phone: '888-555-6847' }],
  [148, { phone: '000-000-0000' }],
  [165, { phone: '71855581' }],
  [181, { mrn: '' }],
]);

const COLUMNS = ['mrn', 'last', 'first', 'phone', 'language', 'group', 'zip', 'optOut', 'notes'];
const HEADER = [
  'MRN',
  'Last Name',
  'First Name',
  'Cell Phone',
  'Preferred Language',
  'Group',
  'ZIP',
  'Text Opt Out',
  'Notes',
];
const cell = (text) => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
const line = (cells) => cells.map(cell).join(',');

const rows = Array.from({ length: 198 }, (_, index) => {
  const n = index + 1;
  return { ...patient(n), ...CHANGES.get(n), ...REFUSED.get(n) };
});
const again = rows[49];
const changed = { ...rows[74], phone: '(213) 555-9214', notes: 'new number' };
const all = [...rows.slice(0, 90), again, ...rows.slice(90, 160), changed, ...rows.slice(160)];
const patients = [line(HEADER), ...all.map((row) => line(COLUMNS.map((column) => row[column]))), '', '', '', ''];

const STAFF = [
  ['Okonkwo, Adaeze', '(206) 555-2210', 'Nurse', 'English'],
  ['Reyes, Tomás', '206-555-2247', 'Medical assistant', 'Spanish'],
  ['Lindqvist, Karin', '206.555.2284', 'Front desk', 'English'],
  ['Haddad, Samir', '2065552321', 'Physician', 'English'],
  ['Peña, Rosario', '+1 206 555 2358', 'Interpreter', 'Español'],
  ['Chow, Vivian', '(425) 555-2395', 'Pharmacist', 'English'],
  ['Brooks, Desmond', '425-555-2432', 'Driver', 'English'],
  ['Tran, Linh', '425.555.2469', 'Volunteer coordinator', 'English'],
];
const staff = [line(['Name', 'Mobile', 'Job', 'Language', 'Kind']), ...STAFF.map((row) => line([...row, 'staff'])), ''];

const write = (name, lines) =>
  writeFileSync(new URL(`../samples/${name}`, import.meta.url), `\uFEFF${lines.join('\r\n')}`);
write('patients.csv', patients);
write('staff.csv', staff);
