import { MOST_PICTURE_BYTES, MOST_PICTURES, pictureExtension } from '../../domain/media';
import { MOST_SEGMENTS } from '../../domain/audience';
import { AppError } from '../../domain/errors';
import { countSegments } from '../../domain/segments';
import { explainError } from '../../domain/twilio-errors';
import type { Clinic, Ports } from '../ports';
import type { StaffMessage } from '../staff-message';

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

/** @throws AppError BROADCAST: what of a message in a thread cannot be texted */
export function refuseForm({ isBroadcast }: StaffMessage): void {
  if (isBroadcast) {
    throw refusal(
      'BROADCAST',
      'It was also sent to the channel, and those stay among staff. Write it in the thread alone to text it.',
    );
  }
}

/**
 * @returns the pictures of a message as `<file id>.<jpg, png or gif>`
 * @throws AppError FILES: what of them cannot be texted, and what to do
 */
export function picturesOf({ files }: StaffMessage, { sendsPictures }: Pick<Clinic, 'sendsPictures'>): string[] {
  if (files.length === 0) return [];
  if (!sendsPictures) {
    throw refusal(
      'FILES',
      'Pictures cannot be texted from here: the app has no public address (PUBLIC_URL) from which Twilio could fetch them. Write it in words, or call the patient.',
    );
  }
  const pictures = files.map(({ id, type }) => ({ id, extension: pictureExtension(type) }));
  if (pictures.some(({ extension }) => extension === null)) {
    throw refusal(
      'FILES',
      'Only pictures (JPG, PNG, GIF) can be texted. Post it again without the file, or with a picture of it.',
    );
  }
  if (files.length > MOST_PICTURES)
    throw refusal('FILES', `${files.length} pictures are too many: ${MOST_PICTURES} at most. Post them in parts.`);
  if (files.reduce((sum, { size }) => sum + (size ?? 0), 0) > MOST_PICTURE_BYTES)
    throw refusal('FILES', 'More than 5 MB cannot be texted. Post a smaller picture, or several one by one.');
  return pictures.map(({ id, extension }) => `${id}.${extension}`);
}
