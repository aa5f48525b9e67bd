import { languageOf } from '../../../../src/domain/patient-file/language';

test.each([
  [
    'es',
    'Spanish',
    'SPANISH',
    'español',
    'Español',
    'espanol',
    'ESPAÑOL',
    'es',
    'ES',
    'es-MX',
    'es_US',
    'spa',
    'Spanish; Castilian',
    'Castellano',
  ],
  ['en', 'English', 'english', 'inglés', 'Ingles', 'en', 'EN', 'en-US', 'eng'],
  ['zh', 'Chinese', 'Mandarin', 'Chinese (Mandarin)', 'chino', 'zh', 'zh-Hant', 'zho', '中文'],
  ['yue', 'Cantonese', 'Chinese (Cantonese)', 'yue'],
  ['vi', 'Vietnamese', 'Tiếng Việt', 'vi', 'vietnamita'],
  ['ht', 'Haitian Creole', 'Kreyòl', 'Creole', 'ht'],
  ['tl', 'Tagalog', 'tl'],
  ['pt', 'Portuguese', 'português', 'pt-BR', 'por'],
  ['ru', 'Russian', 'русский', 'ru'],
  ['ar', 'Arabic', 'العربية', 'árabe'],
  ['so', 'Somali', 'so'],
  ['ko', 'Korean', '한국어'],
  ['fa', 'Farsi', 'Persian'],
  ['he', 'Hebrew', 'iw'],
  ['hmn', 'Hmong'],
])('%s', (code, ...written) => {
  expect(written.map((text) => [text, languageOf(text)])).toEqual(written.map((text) => [text, code]));
});

test.each(['', 'Klingonese', 'English/Spanish', 'x', '42', 'zz', 'English and Spanish', '__proto__', 'see chart'])(
  '%j is no one language',
  (text) => {
    expect(languageOf(text)).toBeNull();
  },
);
