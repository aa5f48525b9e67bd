/** How many SMS a text takes. */
import { SegmentedMessage } from 'sms-segments-calculator';

/** GSM-7's basic set, one septet each; `\r` is left out because it pairs with `\n`. */
const ONE_SEPTET_EACH = /^[A-Za-z0-9 \n@£$¥èéùìòÇØøÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ!"#¤%&'()*+,\-./:;<=>?¡ÄÖÑÜ§¿äöñüà]*$/;
/** The same with the extension set, whose characters take two septets and are not torn apart. */
const GSM7 = /^[A-Za-z0-9 \r\n\f@£$¥èéùìòÇØøÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ!"#¤%&'()*+,\-./:;<=>?¡ÄÖÑÜ§¿äöñüà^{}[\]~\\|€]*$/;
/** Latin letters and typographer's punctuation: one unit of UCS-2 each, and nothing that joins with its neighbour. */
const ONE_UNIT_EACH = /^[\n -~\u00a1-\u024f\u2010-\u2027\u2030-\u205e\u20ac]*$/;

const parts = (length: number, alone: number, joined: number): number =>
  length <= alone ? 1 : Math.ceil(length / joined);

/**
 * The calculator splits graphemes in time that grows with the square of the length, a millisecond for one SMS. Texts in
 * English and Spanish do not need it.
 */
export const countSegments = (body: string, smartEncoded: boolean): number => {
  if (ONE_SEPTET_EACH.test(body)) return parts(body.length, 160, 153);
  if (!smartEncoded && !GSM7.test(body) && ONE_UNIT_EACH.test(body)) return parts(body.length, 70, 67);
  return new SegmentedMessage(body, 'auto', smartEncoded).segmentsCount;
};
