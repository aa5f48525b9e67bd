import { isUtf8 } from 'node:buffer';
import chardet from 'chardet';

/** What iconv-lite calls the encodings that patient files come in. */
export type Encoding =
  'utf8' | 'utf16le' | 'utf16be' | 'win1252' | 'shift_jis' | 'big5' | 'gb18030' | 'euc-kr' | 'euc-jp';

const DOUBLE_BYTE: Readonly<Record<string, Encoding>> = {
  Shift_JIS: 'shift_jis',
  Big5: 'big5',
  GB18030: 'gb18030',
  'EUC-KR': 'euc-kr',
  'EUC-JP': 'euc-jp',
};

/** Bytes without a character that the end of the piece has cut in two: a beginning of up to three bytes. */
const withoutCutCharacter = (bytes: Uint8Array): Uint8Array => {
  for (let back = 1; back <= Math.min(3, bytes.length); back += 1) {
    const byte = bytes[bytes.length - back] ?? 0;
    if (byte < 0x80) return bytes;
    if (byte >= 0xc0) return bytes.subarray(0, bytes.length - back);
  }
  return bytes;
};

/** Which bytes are zero tells UTF-16 without a mark: in Western text every second one, the high or the low. */
const utf16WithoutMark = (bytes: Uint8Array): Encoding | undefined => {
  const zeros = [0, 0];
  const looked = bytes.subarray(0, 4096);
  for (const [index, byte] of looked.entries()) if (byte === 0) zeros[index % 2] = (zeros[index % 2] ?? 0) + 1;
  const [even = 0, odd = 0] = zeros.map((count) => count / (looked.length / 2));
  if (odd > 0.4 && even < 0.1) return 'utf16le';
  return even > 0.4 && odd < 0.1 ? 'utf16be' : undefined;
};

/**
 * The encoding of a file by its first bytes. Text that is valid UTF-8 is UTF-8: by chance, other text never is. What is left
 * is Windows-1252, Excel's "CSV", unless chardet is sure of a double-byte encoding of East Asia; its guesses among the
 * single-byte ones (ISO-8859-2, windows-1250 …) are no better than chance on a column of Spanish names.
 */
export const encodingOf = (head: Uint8Array): Encoding => {
  const [first, second] = head;
  if (first === 0xff && second === 0xfe) return 'utf16le';
  if (first === 0xfe && second === 0xff) return 'utf16be';
  const wide = utf16WithoutMark(head);
  if (wide) return wide;
  if (isUtf8(withoutCutCharacter(head))) return 'utf8';
  const guess = chardet.analyse(head)[0];
  return (guess && guess.confidence >= 90 && DOUBLE_BYTE[guess.name]) || 'win1252';
};
