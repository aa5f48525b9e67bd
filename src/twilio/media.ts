import { isAllowedHost, standsFor } from '../domain/hosts';
import { MOST_MEDIA_BYTES } from '../domain/media';
import type { MediaOutcome } from '../usecases/media';
import { placeOf } from './undici-request-client';

export interface MediaAccess {
  readonly accountSid: string;
  readonly authToken: string;
  readonly apiUrl: string;
}

const TIMEOUT_MS = 30_000;
const MOST_REDIRECTS = 3;

/** A picture from Twilio. Our credentials go to Twilio alone, and never along with a redirect to somewhere else. */
export async function downloadMedia(access: MediaAccess, address: string): Promise<MediaOutcome> {
  const first = firstAddress(access.apiUrl, address);
  if (first === null) return { kind: 'gone', why: 'its address is not Twilio’s' };
  const basic = Buffer.from(`${access.accountSid}:${access.authToken}`).toString('base64');
  const signal = AbortSignal.timeout(TIMEOUT_MS);
  let url = first;
  try {
    for (let hop = 0; hop <= MOST_REDIRECTS; hop += 1) {
      const headers = url.origin === first.origin ? { authorization: `Basic ${basic}` } : undefined;
      const answer = await fetch(url, { redirect: 'manual', signal, ...(headers && { headers }) });
      const location = answer.headers.get('location');
      if (answer.status < 300 || answer.status >= 400 || location === null) return await read(answer);
      await answer.body?.cancel();
      url = new URL(location, url);
      if (!isKept(access.apiUrl, url)) return { kind: 'gone', why: 'its address is not Twilio’s' };
    }
    return { kind: 'gone', why: 'its address leads nowhere' };
  } catch {
    return { kind: 'later' };
  }
}

/** Somebody else's address that stands for Twilio's stands for its media, too. */
function firstAddress(apiUrl: string, address: string): URL | null {
  if (!URL.canParse(address)) return null;
  const url = new URL(address);
  if (url.origin === new URL(apiUrl).origin) return url;
  if (isAllowedHost(url, 'twilio api')) {
    const { origin, path, search } = placeOf(apiUrl, address);
    return new URL(path + search, origin);
  }
  return standsFor(apiUrl, url) ? url : null;
}

const isKept = (apiUrl: string, url: URL): boolean => standsFor(apiUrl, url) || isAllowedHost(url, 'twilio media');

async function read(answer: Response): Promise<MediaOutcome> {
  const { status, headers, body } = answer;
  if (status === 404 || status === 410) return { kind: 'gone', why: 'Twilio does not have it any more' };
  if (status !== 200 || body === null) return { kind: 'later' };
  const tooLarge = { kind: 'gone', why: 'it is too large' } as const;
  if (Number(headers.get('content-length') ?? 0) > MOST_MEDIA_BYTES) {
    await body.cancel();
    return tooLarge;
  }
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body as AsyncIterable<Uint8Array>) {
    size += chunk.length;
    if (size > MOST_MEDIA_BYTES) return tooLarge;
    chunks.push(chunk);
  }
  return { kind: 'media', content: Buffer.concat(chunks), contentType: headers.get('content-type') ?? '' };
}
