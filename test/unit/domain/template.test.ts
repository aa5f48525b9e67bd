import fc from 'fast-check';
import { Liquid } from 'liquidjs';
import {
  checkTemplateText,
  placeholdersOf,
  renderTemplate,
  STANDARD_PLACEHOLDERS,
  type PlaceholderValues,
} from '../../../src/domain/template';
import { AppError } from '../../../src/domain/errors';

const KNOWN = [...STANDARD_PLACEHOLDERS, 'visit'];
const ANA = {
  first_name: 'Ana',
  last_name: 'Ríos',
  clinic_name: 'Hill Clinic',
  language: 'es',
  visit: '2026-03-03 14:30',
};

const sentencesFor = (text: string): string =>
  checkTemplateText(text, KNOWN)
    .map(({ sentence }) => sentence)
    .join('\n');
const textFor = (text: string, values: PlaceholderValues = ANA): string => {
  const rendered = renderTemplate(text, values);
  return rendered.ok ? rendered.text : `missing ${rendered.missing.join(', ')}`;
};

test.each([
  ['Hi {{ first_name }}, this is {{clinic_name}}.', 'Hi Ana, this is Hill Clinic.'],
  ['  Hi {{first_name}}\r\nBye \n', 'Hi Ana\nBye'],
  ['{{ first_name | upcase }} {{ last_name | downcase }}', 'ANA ríos'],
  ['{{ visit | date: "%A, %B %-d at %-I:%M %p" }}', 'Tuesday, March 3 at 2:30 PM'],
  ['{{ visit | date: "%A %-d de %B", "es" }}', 'martes 3 de marzo'],
  ['{{ first_name | default: “friend” }}', 'Ana'],
  ['5 < 6 & 100% {ok', '5 < 6 & 100% {ok'],
])('%j becomes %j', (text, expected) => {
  expect(textFor(text)).toBe(expected);
});

test('a patient in whom a placeholder is empty is left out, never texted "Hi ,"', () => {
  for (const first_name of [undefined, '', '   ', '\u00a0\n']) {
    expect(renderTemplate('Hi {{ first_name }}, {{ last_name }}', { first_name })).toEqual({
      ok: false,
      missing: ['first_name', 'last_name'],
    });
  }
});

test('a default stands in for what is empty, wherever it stands among the filters', () => {
  expect(textFor('Hi {{ first_name | default: "there" }}!', { first_name: ' ' })).toBe('Hi there!');
  expect(textFor('Hi {{ first_name | upcase | default: "there" }}!', {})).toBe('Hi there!');
  expect(textFor('From {{ first_name | default: clinic_name }}', { clinic_name: 'Hill' })).toBe('From Hill');
  expect(textFor('From {{ first_name | default: clinic_name }}', {})).toBe('missing first_name');
});

test('what a patient is called is never read as Liquid, nor as what JavaScript has under that name', () => {
  expect(textFor('Hi {{ first_name }}', { first_name: '{{ last_name }}{% if %}', last_name: 'X' })).toBe(
    'Hi {{ last_name }}{% if %}',
  );
  expect(textFor('{{ constructor }} {{ toString }}', {})).toBe('missing constructor, toString');
});

test('names in capitals or small letters are made readable, others are left alone', () => {
  const named = (first_name: string): string => textFor('{{ first_name | capitalize }}', { first_name });
  expect(['MARY ANN', 'maría josé', "O'NEIL", 'McKay', 'de la Cruz', 'jean-luc'].map(named)).toEqual([
    'Mary Ann',
    'María José',
    "O'Neil",
    'McKay',
    'de la Cruz',
    'Jean-Luc',
  ]);
});

describe('dates', () => {
  const shown = (visit: string, format = '%B %-d'): string => textFor(`{{ visit | date: "${format}" }}`, { visit });

  test.each([
    ['2026-03-03', 'March 3'],
    ['3/3/2026', 'March 3'],
    ['12/31/2026 9:05 am', 'December 31'],
    ['2026-03-03T23:59', 'March 3'],
    ['next Tuesday', 'next Tuesday'],
    ['now', 'now'],
    ['today', 'today'],
    ['1772496000', '1772496000'],
    ['2026-02-30', '2026-02-30'],
    ['2026-03-03T01:00:00Z', '2026-03-03T01:00:00Z'],
  ])('%j is shown as %j, whatever the clock and the zone of this machine', (visit, text) => {
    expect(shown(visit)).toBe(text);
  });

  test('a time that is not there is missing, not midnight', () => {
    expect(shown('2026-03-03', '%-I:%M %p')).toBe('missing visit');
    expect(shown('3/3/2026 12:00 AM', '%-I:%M %p')).toBe('12:00 AM');
    expect(shown('3/3/2026 12:15 p.m.', '%H:%M')).toBe('12:15');
    expect(shown('3/3/2026 13:00 pm', '%H:%M')).toBe('3/3/2026 13:00 pm');
  });
});

test('says which placeholders a text has, and which have a default everywhere', () => {
  expect(
    placeholdersOf(
      '{{ a | default: "x" }} {{ b }} {{ a | upcase }} {{ c | default: clinic_name }} {{- d | default: "y" -}}',
    ),
  ).toEqual([
    { name: 'a', hasDefault: false },
    { name: 'b', hasDefault: false },
    { name: 'c', hasDefault: true },
    { name: 'clinic_name', hasDefault: false },
    { name: 'd', hasDefault: true },
  ]);
});

test('a good text has no problems', () => {
  for (const text of [
    'Hi',
    'Hi {{ first_name | default: "there" }} [note] <3 (language)',
    '{{- visit | date: "%-m/%-d" -}}',
  ]) {
    expect(checkTemplateText(text, KNOWN)).toEqual([]);
  }
});

test.each([
  ['', /The text is empty/],
  [' \n', /The text is empty/],
  [
    'Hi {{ firstname }}',
    /no placeholder “firstname”. Did you mean {{ first_name }}\? These exist: first_name, last_name/,
  ],
  ['Hi {{ First Name }}', /no placeholder “First Name”. Did you mean {{ first_name }}/],
  ['Hi {{ patient.first_name }}', /no placeholder “patient.first_name”/],
  ['Hi {{ weather }}', /no placeholder “weather”. These exist/],
  ['Hi {{ first_name | default: there }}', /no placeholder “there”. If you mean words, put them in quotes: "there"/],
  ['Hi {{ first_name', /opened with {{ and not closed/],
  ['Hi {{ first_name }', /opened with {{ and not closed/],
  ['Hi first_name }}', /a }} without its other half/],
  ['Hi {{ }}', /nothing between {{ and }}/],
  ['Hi {first_name}', /“{first_name}” would be texted as it stands. Write {{ first_name }}/],
  ['Hi [First Name]', /“\[First Name\]” would be texted/],
  ['Hi <first_name>', /“<first_name>” would be texted/],
  ['Hi {name}', /“{name}” would be texted/],
  ['{% if first_name %}Hi{% endif %}', /Tags such as/],
  ['{% include "x" %}', /Tags such as/],
  ['{{ first_name | shout }}', /no filter “shout”. These exist: default, upcase/],
  ['{{ first_name | append: "x" }}', /no filter “append”/],
  ['{{ first_name | default }}', /“default” needs words after it/],
  ['{{ first_name | default: "" }}', /A default cannot be empty/],
  ['{{ first_name | default: "a", "b" }}', /too much/],
  ['{{ first_name | default: "{{" }}', /Braces cannot stand between quotes/],
  ['{{ "words" }}', /cannot be read/],
  ['{{ first_name == last_name }}', /cannot be read/],
  ['{{ visit | date: "%Q" }}', /does not know %Q/],
  ['{{ visit | date: "soon" }}', /no parts of a date/],
  ['{{ visit | date: "%B", "Spanish!" }}', /language “Spanish!” is not known/],
  ['x'.repeat(5001), /longer than 5000/],
])('%j is refused, with what to do', (text, sentence) => {
  expect(sentencesFor(text)).toMatch(sentence);
});

test('a text that was never checked is refused when it is to be sent', () => {
  expect(() => renderTemplate('{% for x in y %}', {})).toThrow(AppError);
});

const value = fc.oneof(
  fc.constantFrom(undefined, '', ' ', '{{ last_name }}', '{% raw %}', 'Ana', 'MARÍA'),
  fc.string({ unit: 'grapheme', maxLength: 20 }),
);
const values = fc.record({ first_name: value, last_name: value, clinic_name: value });
const piece = fc.oneof(
  fc.constantFrom('Hi ', '\n', ', ', '{', '}', '{ ', ' }', '{{', '}}', '{%', '{{ first_name', 'last_name }}', '"'),
  fc.constantFrom('{{ first_name }}', '{{last_name}}', '{{- clinic_name -}}', '{{ first_name | default: "you" }}'),
  fc.constantFrom('{{ last_name | upcase | default: clinic_name }}', '{{ visit }}', '{{ nothing | default: "x" }}'),
  fc.string({ unit: 'grapheme', maxLength: 10 }),
);
const template = fc.array(piece, { maxLength: 8 }).map((pieces) => pieces.join(''));

test('a rendered text holds no unreplaced placeholder, whatever staff and patients write', () => {
  fc.assert(
    fc.property(template, values, (text, patient) => {
      fc.pre(checkTemplateText(text, KNOWN).length === 0);
      const rendered = renderTemplate(text, patient);
      fc.pre(rendered.ok);
      // Patients' own braces are taken out of the reckoning: what is left must come from the template.
      const innocent = Object.fromEntries(
        Object.entries(patient).map(([name, field]) => [name, field?.replace(/[{}%]/g, 'x')]),
      );
      const again = renderTemplate(text, innocent);
      expect(again.ok && again.text).not.toMatch(/\{\{|\}\}|\{%|%\}/);
      expect(rendered.text).toBe(rendered.text.trim());
    }),
    { numRuns: 2_000 },
  );
});

test('a text is sent exactly when each of its placeholders without a default has a value', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.constantFrom(...KNOWN), fc.boolean()), { minLength: 1 }),
      values,
      (slots, patient) => {
        const text = slots.map(([name, safe]) => `{{ ${name}${safe ? ' | default: "x"' : ''} }}`).join(' ');
        const lacking = slots.filter(([name, safe]) => !safe && !(patient as PlaceholderValues)[name]?.trim());
        const rendered = renderTemplate(text, patient);
        expect(rendered.ok ? [] : [...rendered.missing].sort()).toEqual(
          [...new Set(lacking.map(([name]) => name))].sort(),
        );
      },
    ),
  );
});

test('texts come out as Liquid itself renders them, when all fields are plain words', () => {
  const liquid = new Liquid({ strictVariables: true });
  const word = fc.string({ unit: fc.constantFrom(...'abcéÑz'), minLength: 1, maxLength: 8 });
  const words = fc.record({ first_name: word, last_name: word, clinic_name: word, visit: word });
  const plain = fc.array(
    fc.constantFrom(
      'Hi ',
      ', ',
      '{{ first_name | upcase }}',
      '{{- last_name | downcase -}}',
      '{{ visit | default: "x" }}',
      '%',
    ),
    { minLength: 1 },
  );
  fc.assert(
    fc.property(plain, words, (pieces, patient) => {
      const text = `x${pieces.join('')}x`;
      expect(textFor(text, patient)).toBe(String(liquid.parseAndRenderSync(text, patient)).trim());
    }),
  );
});

test('whatever is typed is either good or refused with a sentence, and what is good can be sent', () => {
  fc.assert(
    fc.property(template, (text) => {
      const problems = checkTemplateText(text, KNOWN);
      for (const { sentence } of problems) expect(sentence).toMatch(/^\S.*\.$/s);
      if (problems.length === 0) expect(() => renderTemplate(text, ANA)).not.toThrow();
    }),
    { numRuns: 2_000 },
  );
});

test('renders an audience in seconds: a text is parsed once', () => {
  const text = 'Hi {{ first_name | default: "there" }}, {{ clinic_name }} here. Visit: {{ visit | date: "%B %-d" }}';
  const started = performance.now();
  for (let round = 0; round < 25_000; round += 1) renderTemplate(text, ANA);
  expect(performance.now() - started).toBeLessThan(1_000);
});
