/** How many SMS a text takes. */
import { SegmentedMessage } from 'sms-segments-calculator';

/** GSM-7's basic set, one septet each; `\r` is left out because it pairs with `\n`. */
const ONE_SEPTET_EACH = /^[A-Za-z0-9 \n@£$¥èéùìòØøÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ!"#¤%&'()*+,\-./:;<=>?¡ÄÖÑÜ§¿äöñüà]*$/;

/** The calculator splits graphemes, which costs more than all the rest of a request; plain texts do not need it. */
export const countSegments = (body: string, smartEncoded: boolean): number => {
  if (body === '') return 1;
  if (ONE_SEPTET_EACH.test(body)) return body.length <= 160 ? 1 : Math.ceil(body.length / 153);
  return new SegmentedMessage(body, 'auto', smartEncoded).segmentsCount;
};
