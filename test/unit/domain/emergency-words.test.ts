import { DEFAULT_EMERGENCY_WORDS, findEmergencyWord } from '../../../src/domain/emergency-words';

const find = (text: string): string | undefined => findEmergencyWord(text, DEFAULT_EMERGENCY_WORDS);

test.each([
  ['I have chest   pain', 'chest pain'],
  ['CHEST-PAIN!!', 'chest pain'],
  ['cant breathe', 'cant breathe'],
  ['I can’t breathe well', 'cant breathe'],
  ['Call 911', '911'],
  ['feeling suicidal', 'suicidal'],
  ['he overdosed', 'overdosed'],
  ['Tengo dolor en el pecho', 'dolor en el pecho'],
  ['presion en el pecho', 'presion en el pecho'],
  ['NO PUEDO RESPIRAR', 'no puedo respirar'],
  ['se desmayó', 'desmayo'],
  ['No chest pain today', 'chest pain'],
])('“%s” is urgent for “%s”', (text, word) => {
  expect(find(text)).toBe(word);
});

test.each(['', 'yes', 'My chest is fine. Pain in my foot', 'keystroke', 'room 9112', 'I breathe well', 'painless'])(
  '“%s” is not urgent',
  (text) => {
    expect(find(text)).toBeUndefined();
  },
);

test('a clinic’s own list is used as it is, and blank entries match nothing', () => {
  expect(findEmergencyWord('my water broke', ['Water broke'])).toBe('water broke');
  expect(findEmergencyWord('chest pain', ['water broke'])).toBeUndefined();
  expect(findEmergencyWord('anything at all', ['', '  ', '*', '!'])).toBeUndefined();
});
