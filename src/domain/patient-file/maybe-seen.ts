const BITS = 2 ** 26;
const PROBES = 5;

/** FNV-1a, 32 bits. */
const hash = (text: string, seed: number): number => {
  let value = 0x811c9dc5 ^ seed;
  for (let at = 0; at < text.length; at += 1) value = Math.imul(value ^ text.charCodeAt(at), 0x01000193);
  value = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  return (value ^ (value >>> 13)) >>> 0;
};

/**
 * Tells of a text that it is certainly new, or that it may have been there before, in 8 MB for any number of texts (a Bloom
 * filter): of a million ids it suspects some two that are new. Suspects are few, and can be looked up.
 */
export class MaybeSeen {
  private readonly bits = new Uint32Array(BITS / 32);

  /** Takes a text in. @returns false when it is certainly new */
  add(text: string): boolean {
    const start = hash(text, 0);
    const step = hash(text, 0x9e3779b9) | 1;
    let seen = true;
    for (let probe = 0; probe < PROBES; probe += 1) {
      const bit = (start + Math.imul(probe, step)) & (BITS - 1);
      const word = this.bits[bit >>> 5] ?? 0;
      const mask = 1 << (bit & 31);
      if ((word & mask) !== 0) continue;
      seen = false;
      this.bits[bit >>> 5] = word | mask;
    }
    return seen;
  }
}
