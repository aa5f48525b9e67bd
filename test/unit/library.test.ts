import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseExpectedReplies } from '../../src/domain/expected-replies';
import { countSegments } from '../../src/domain/segments';
import { checkTemplateText, renderTemplate } from '../../src/domain/template';
import { lintText } from '../../src/domain/template/lint';
import { OWN_LIBRARY, readLibrary } from '../../src/template-library';

const TOPICS = [
  ...['After-hours notice', 'Appointment reminder', 'Closures and hours', 'Masks', 'No-show', 'Results ready'],
  ...['Screening questions', 'Second dose', 'Staff call-out', 'Telehealth', 'Testing site', 'Vaccine availability'],
];
const KNOWN = ['first_name', 'last_name', 'clinic_name', 'language'];
const CLINIC = 'Riverbend Community Clinic';

test('the library covers its topics, in English and Spanish, and every file can be read', async () => {
  const { entries, unreadable } = await readLibrary([OWN_LIBRARY]);
  expect(unreadable).toEqual([]);
  expect([...new Set(entries.map(({ topic }) => topic))]).toEqual(TOPICS);
  for (const { texts } of entries) expect(Object.keys(texts)).toEqual(['default', 'es']);
  expect(new Set(entries.map(({ name }) => name)).size).toBe(entries.length);
});

test('each of its texts can be saved as it is, leaves nobody out, is cheap, and gives nobody’s health away', async () => {
  const { entries } = await readLibrary([OWN_LIBRARY]);
  for (const { name, texts, expectedReplies } of entries) {
    expect([name, parseExpectedReplies(expectedReplies)]).toMatchObject([name, { ok: true }]);
    for (const [language, text] of Object.entries(texts)) {
      expect([name, checkTemplateText(text, KNOWN)]).toEqual([name, []]);
      const rendered = renderTemplate(text, { clinic_name: CLINIC });
      expect([name, rendered.ok]).toEqual([name, true]);
      const { encoding, segments } = countSegments(rendered.ok ? rendered.text : '');
      expect([name, language, encoding]).toEqual([name, language, 'GSM-7']);
      expect(segments).toBeLessThanOrEqual(2);
      const hints = lintText({ text, language, clinicName: CLINIC, mostSegments: 1 }).map(({ kind }) => kind);
      expect([name, hints.filter((kind) => kind !== 'opt-out')]).toEqual([name, []]);
    }
  }
});

test('a clinic’s own files join in; one that cannot be read is named and hides nothing', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'carethread-library-'));
  try {
    const own = { topic: 'Masks', templates: [{ name: 'Masks at home', texts: { en: 'Hi', so: 'Salaan' } }] };
    writeFileSync(join(folder, 'own.json'), JSON.stringify(own));
    writeFileSync(join(folder, 'broken.json'), '{ "topic": "Masks"');
    const { entries, unreadable } = await readLibrary([OWN_LIBRARY, folder]);
    const masks = entries.filter(({ topic }) => topic === 'Masks').map(({ name }) => name);
    expect(masks).toEqual(['Masks in the clinic', 'Masks at home']);
    expect(unreadable).toEqual(['broken.json']);
    expect((await readLibrary([OWN_LIBRARY, join(folder, 'nowhere')])).entries).toHaveLength(entries.length - 1);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
