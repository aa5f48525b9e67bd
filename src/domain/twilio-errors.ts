/**
 * What to do about an error of Twilio's.
 * - `retry`: Twilio did nothing; try again, backing off. `retry later`: once more, in some hours, then never.
 * - `slow down`: put it back and lower the rate. `next day`: put it back until tomorrow's opening.
 * - `hold for next window`: put it back until texting opens. `never`: this text cannot be sent; do not try again.
 * - `mark number`: never, and text this number no more until somebody corrects it. `opt out`: never, record the opt-out.
 * - `stop all`: nothing at all can be sent; stop and alert. `ask a person`: a second try could reach the patient twice.
 */
export type TwilioAction =
  | 'retry'
  | 'retry later'
  | 'never'
  | 'mark number'
  | 'opt out'
  | 'slow down'
  | 'stop all'
  | 'hold for next window'
  | 'ask a person'
  | 'next day';

export interface TwilioErrorInfo {
  readonly action: TwilioAction;
  /** For staff: what happened, and what to do. */
  readonly sentence: string;
  /** Whether admins should hear of it, because it concerns the clinic's account and not one patient. */
  readonly alert: 'no' | 'at once' | 'when frequent';
}

const one = (action: TwilioAction, sentence: string): TwilioErrorInfo => ({ action, sentence, alert: 'no' });
const alert = (action: TwilioAction, sentence: string): TwilioErrorInfo => ({ action, sentence, alert: 'at once' });

const NOT_A_MOBILE = 'This number cannot get texts. Call the patient and ask for a mobile number.';
const CALL_INSTEAD = 'Call the patient, or correct the number.';

/** Source: Twilio's error dictionary. Twilio adds codes without notice; {@link explainError} has a way for those. */
const ERRORS: ReadonlyMap<number, TwilioErrorInfo> = new Map([
  [
    20003,
    alert('stop all', 'Twilio refused our credentials, so all sending has stopped. An admin has to correct them.'),
  ],
  [20429, one('retry', 'Twilio was busy. The text goes out again by itself in a moment.')],
  [21211, one('mark number', `This is not a valid phone number. ${CALL_INSTEAD}`)],
  [
    21212,
    alert(
      'stop all',
      "The clinic's sender number is not valid, so all sending has stopped. An admin has to correct it.",
    ),
  ],
  [21408, alert('never', 'Texting to this country is switched off at Twilio. An admin can switch it on there.')],
  [21602, one('never', 'The text was empty. Write it again.')],
  [
    21606,
    alert('stop all', "The clinic's number cannot send texts, so all sending has stopped. An admin has to correct it."),
  ],
  [
    21610,
    one('opt out', 'The patient has opted out and gets no more texts. Only the patient can undo it, by texting START.'),
  ],
  [21611, one('slow down', "Twilio's queue is full. The text goes out by itself later, at a slower rate.")],
  [21612, one('never', `Twilio cannot reach this number from ours. ${CALL_INSTEAD}`)],
  [21614, one('mark number', NOT_A_MOBILE)],
  [21617, one('never', 'The text is too long. Shorten it, or send it in parts.')],
  [30001, one('slow down', "Twilio's queue is full. The text goes out by itself later, at a slower rate.")],
  [
    30002,
    alert('stop all', 'Our Twilio account is suspended, so all sending has stopped. An admin has to contact Twilio.'),
  ],
  [
    30003,
    one('retry later', 'The phone is off or out of reach. We try once more later; after that, call the patient.'),
  ],
  [30004, one('mark number', `The phone or its carrier blocks our texts. ${CALL_INSTEAD}`)],
  [30005, one('mark number', `This number does not exist or is no longer in use. ${CALL_INSTEAD}`)],
  [30006, one('mark number', NOT_A_MOBILE)],
  [
    30007,
    {
      action: 'never',
      sentence: 'The carrier filtered this text as spam. Reword it without links and capitals, or call the patient.',
      alert: 'when frequent',
    },
  ],
  [
    30008,
    one('ask a person', 'The carrier does not say whether it arrived. Ask the patient before you send it again.'),
  ],
  [30011, one('never', "The patient's phone cannot get pictures. Send words only.")],
  [30017, one('retry later', 'The carrier is congested. We try once more later; after that, call the patient.')],
  [
    30022,
    one('slow down', 'We sent faster than the carriers allow us. The text goes out by itself later, at a slower rate.'),
  ],
  [30023, alert('next day', "Today's limit of the carriers is used up. The text goes out by itself tomorrow.")],
  [
    30032,
    alert(
      'stop all',
      'Our toll-free number is not verified, so all sending has stopped. An admin has to verify it at Twilio.',
    ),
  ],
  [
    30034,
    alert(
      'never',
      'Our number is not registered with the carriers (A2P 10DLC). An admin has to register it at Twilio.',
    ),
  ],
  [
    30036,
    one('hold for next window', 'Texting hours ended before it was sent. It goes out by itself when texting opens.'),
  ],
  [63038, alert('next day', "Today's limit of our Twilio account is used up. The text goes out by itself tomorrow.")],
]);

/** What a code means. An unknown one is left to a person: trying again blindly could text a patient twice. */
export const explainError = (code: number): TwilioErrorInfo =>
  ERRORS.get(code) ??
  one(
    'ask a person',
    `The text was not delivered (Twilio error ${code}). Call the patient, or tell an admin the number of the error.`,
  );

/** The codes that the table knows. */
export const KNOWN_TWILIO_ERRORS: readonly number[] = [...ERRORS.keys()];
