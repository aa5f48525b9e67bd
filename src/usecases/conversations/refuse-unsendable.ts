import { MOST_SEGMENTS } from '../../domain/audience';
import { AppError } from '../../domain/errors';
import { countSegments } from '../../domain/segments';
import { explainError } from '../../domain/twilio-errors';
import type { Ports, StaffMessage } from '../ports';

const refusal = (code: string, userMessage: string): AppError =>
  new AppError(code, { message: `a text of staff is refused: ${code}`, userMessage });

/** @throws AppError OPTED_OUT, BAD_NUMBER: why nothing can be texted to this number, and what to do */
export async function refuseNumber({ store }: Pick<Ports, 'store'>, number: string): Promise<void> {
  const phone = await store.patients.phone(number);
  if (phone?.optedOutAt != null) {
    throw refusal(
      'OPTED_OUT',
      'The patient has opted out and gets no texts. Call them. They end it by texting START; an admin can undo it, with a reason, on the card at the top.',
    );
  }
  if (phone?.badSince != null) throw refusal('BAD_NUMBER', explainError(phone.badCode ?? 0).sentence);
}

/** @throws AppError EMPTY, TOO_LONG */
export function refuseWords(text: string): void {
  if (text === '') throw refusal('EMPTY', 'There is no text in it.');
  const { segments } = countSegments(text);
  if (segments > MOST_SEGMENTS) {
    throw refusal(
      'TOO_LONG',
      `It would be ${segments} segments; ${MOST_SEGMENTS} are the most. Shorten it, or post it in parts.`,
    );
  }
}

/** @throws AppError BROADCAST, FILES: what of a message in a thread cannot be texted */
export function refuseForm({ isBroadcast, fileCount }: StaffMessage): void {
  if (isBroadcast) {
    throw refusal(
      'BROADCAST',
      'It was also sent to the channel, and those stay among staff. Write it in the thread alone to text it.',
    );
  }
  if (fileCount > 0) throw refusal('FILES', 'Files cannot be texted yet. Write it in words, or call the patient.');
}
