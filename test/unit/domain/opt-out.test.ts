import fc from 'fast-check';
import { readOptOut } from '../../../src/domain/opt-out';

const KEYWORDS = {
  stop: ['STOP', 'STOPALL', 'UNSUBSCRIBE', 'CANCEL', 'END', 'QUIT', 'REVOKE', 'OPTOUT', 'ALTO', 'PARAR', 'BASTA'],
  start: ['START', 'UNSTOP'],
  help: ['HELP', 'INFO', 'AYUDA'],
} as const;

const keyword = fc.constantFrom(
  ...Object.entries(KEYWORDS).flatMap(([meaning, words]) => words.map((word) => ({ meaning, word }))),
);
const noise = fc.string({ unit: fc.constantFrom(...' \t\n.,!?"\'*-_()…“”¡¿\u00a0\u200b\ufe0f'), maxLength: 6 });

test('a keyword counts in any case, punctuation and spacing', () => {
  fc.assert(
    fc.property(
      keyword,
      fc.array(fc.boolean()),
      noise,
      noise,
      fc.boolean(),
      ({ meaning, word }, cases, before, after, spaced) => {
        const mixed = [...word].map((letter, index) => (cases[index] ? letter.toLowerCase() : letter));
        expect(readOptOut(before + mixed.join(spaced ? ' ' : '') + after)).toBe(meaning);
      },
    ),
  );
});

test('a keyword inside a longer question does not count', () => {
  const start = fc.constantFrom('Can I', 'Should I', 'When do I', 'Do I', 'How do I', 'Is it ok to', 'Puedo', 'Debo');
  const end = fc.constantFrom(
    'by at 3',
    'taking my medicine',
    'of the week',
    'smoking',
    'my visit',
    'the pills',
    'mañana',
  );
  fc.assert(
    fc.property(start, keyword, end, (before, { word }, after) => {
      expect(readOptOut(`${before} ${word.toLowerCase()} ${after}?`)).toBeNull();
    }),
  );
});

test.each([
  'stop please',
  'Please stop',
  'Stop. Please.',
  'STOP!!! Thanks',
  'stop stop stop',
  'STOPPPP',
  'ok stop',
  'Stop now',
  'stop it',
  'opt out',
  'Opt-out',
  'opt out please',
  'I want to opt out',
  'opt me out of these texts',
  'unsubscribe me',
  'Please unsubscribe me from this list',
  'i would like to unsubscribe',
  'stop texting me',
  'Please stop texting me',
  "please stop texting me I'm not a patient there",
  'Can you please stop texting me?',
  'could you stop sending me these messages',
  'I told you to stop texting me!!',
  'quit messaging me',
  'stop the texts',
  'STOP ALL MESSAGES',
  'stop sending me reminders',
  'Stop these messages please',
  'cancel texts',
  'no more texts',
  'No more messages please',
  "don't text me",
  'Dont text me anymore',
  'Do not text this number again',
  'Don’t text me, call me instead',
  'never text me again',
  "I don't want any more texts",
  'I do not want to receive text messages from you',
  'I no longer want these messages',
  'remove me',
  'Remove my number from your list',
  'remove me from this list please',
  'take me off this list',
  'Take me off your texting list',
  'leave me alone',
  'lose my number',
  'Wrong number. Stop.',
  'STOP wrong number',
  'I moved away, please stop texting me',
  'Wrong person and please stop texting this number',
  'Hi, I am not Maria. Stop texting me',
  'Reply STOP',
  'STOP to opt out',
  'I revoke my consent',
  '🛑',
  'ＳＴＯＰ',
  'ALTO',
  'Alto por favor',
  'Basta ya',
  'no me envíe más',
  'No me envíen más mensajes',
  'no me mande más mensajes',
  'No me manden mensajes por favor',
  'no me escriban',
  'Ya no me escriba más',
  'no me moleste más',
  'deje de enviarme mensajes',
  'Dejen de mandarme mensajes de texto',
  'deje de escribirme',
  'no más mensajes',
  'No quiero recibir más mensajes',
  'ya no quiero mensajes de ustedes',
  'no quiero que me manden mensajes',
  'Quíteme de la lista',
  'borren mi número',
  'quiero darme de baja',
  'déjenme en paz',
  'Me mudé, no me envíe más mensajes',
  'Cancelar mensajes',
  '¿Pueden dejar de mandarme mensajes?',
  'Quiero que dejen de escribirme',
  'Stop texting me, ok?',
  'STOP\u3164',
  'ST\u200bOP\u00ad',
  'ＳＴＯＰ',
  'STOP2END',
  'Wrong number stop',
  'no texts please',
  'text me no more',
  'no longer want texts',
  'quiero cancelar los mensajes',
  'cancelar mi suscripción',
])('“%s” asks for no more texts', (text) => {
  expect(readOptOut(text)).toBe('stop');
});

test.each([
  '',
  '   ',
  'yes',
  'no',
  'stop by at 3?',
  'stop by at 3',
  'no updates',
  'no message from you yet',
  'no more pain',
  'please dont stop texting me',
  "I'll stop by at 3",
  'can I stop by',
  'should I stop taking my medicine?',
  'Should I stop the antibiotics',
  'I stopped taking it',
  "I can't stop coughing",
  'the bleeding will not stop',
  'Make it stop',
  'I want to stop smoking',
  'I want to stop',
  "Don't stop texting me, it helps",
  'please do not stop the reminders',
  'Which bus stop is nearest',
  'bus stop',
  'end of the week?',
  'end of message',
  'at the end',
  'I want to end it',
  'cancel my appointment',
  'please cancel',
  'Cancel it',
  'I need to cancel for tomorrow',
  'cancel tomorrow',
  'Cancel my appointment text me',
  'No more texts?',
  'Why did you stop texting me?',
  'Stop? Or go on with the pills?',
  'quit smoking class?',
  'I want to quit smoking',
  'I quit my job',
  'wrong number',
  'not interested',
  'remove my stitches',
  'remove me from the schedule',
  'Take me off the waiting list',
  'take me off my meds',
  'take me with you',
  'delete my appointment',
  "don't text me before 9",
  'do not text me at work, my cell is better before noon',
  'stop sending my prescription to the old pharmacy',
  'stop texting while driving',
  'How do I opt in',
  'text me',
  'No more pain',
  'no more',
  "I don't want the vaccine",
  'I need help',
  'help me please',
  'can you help',
  'more info please',
  'start',
  'when does it start',
  'I start work at 9',
  'alto riesgo',
  'La presión está alta',
  'Mi hijo es alto',
  'no me envíe la receta a esa farmacia',
  'no puedo parar de toser',
  'No me escribieron la receta',
  'cancelar mi cita',
  'no más dolor',
  'deje de tomar la medicina',
  'Debo parar la medicina?',
])('“%s” does not', (text) => {
  expect(readOptOut(text)).not.toBe('stop');
});

test('help and start are single words: a longer message is for staff', () => {
  for (const text of ['help me', 'I need help', 'help please', 'start over', 'please start', 'info on the clinic']) {
    expect(readOptOut(text)).toBeNull();
  }
});

test('answers in good time on a long and repetitive message', () => {
  const started = performance.now();
  for (const part of ['stop ', 'please ', 'no me envie mas ', 'stop texting the ', 'cancel all these ']) {
    readOptOut(part.repeat(600) + 'x');
  }
  expect(performance.now() - started).toBeLessThan(500);
});
