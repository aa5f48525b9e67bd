import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import { PICTURE_TYPES } from '../domain/media';
import type { Clock } from '../usecases/ports';

/** Twilio may still fetch a picture when it has stopped trying to send it, in ms. */
const GRACE_MS = 3_600_000;

/** Under `<public address>/media/`: `<file>.<type>.<until>.<signature>`. */
const TOKEN = /^([A-Z0-9]{3,40})\.([a-z]{3,4})\.([0-9a-z]{1,10})\.([\w-]{43})$/;

/** A picture in Slack, as `<file id>.<jpg, png or gif>`. */
export type PictureName = string;

/**
 * Addresses under which Twilio fetches what staff attach to a text. Whoever holds one sees one picture until it expires;
 * nobody can make one.
 */
export class PictureAddresses {
  private readonly key: Buffer;

  constructor(private readonly deps: { readonly publicUrl: string; readonly secret: string; readonly clock: Clock }) {
    this.key = Buffer.from(hkdfSync('sha256', deps.secret, '', 'carethread media', 32));
  }

  /** @param lifetimeMs how long Twilio may take to send it */
  of(picture: PictureName, lifetimeMs: number): string {
    const until = Math.ceil((this.deps.clock.now().getTime() + lifetimeMs + GRACE_MS) / 1000);
    const said = `${picture}.${until.toString(36)}`;
    return `${this.deps.publicUrl}/media/${said}.${this.sign(said)}`;
  }

  /** Null when it was not made by us, or has expired. */
  read(token: string): { readonly fileId: string; readonly contentType: string } | null {
    const [, fileId = '', extension = '', until = '', signature = ''] = TOKEN.exec(token) ?? [];
    const contentType = PICTURE_TYPES.get(extension);
    const right = Buffer.from(this.sign(`${fileId}.${extension}.${until}`));
    const given = Buffer.from(signature);
    if (contentType === undefined || given.length !== right.length || !timingSafeEqual(given, right)) return null;
    return parseInt(until, 36) * 1000 > this.deps.clock.now().getTime() ? { fileId, contentType } : null;
  }

  private sign(said: string): string {
    return createHmac('sha256', this.key).update(said).digest('base64url');
  }
}
