/** X-Twilio-Signature: HMAC-SHA1 over the address and the sorted parameters, with the auth token as the key. */
import { createHmac } from 'node:crypto';

export type Params = Readonly<Record<string, string>>;

export const sign = (authToken: string, url: string, params: Params): string => {
  let data = url;
  for (const name of Object.keys(params).sort()) data += name + (params[name] ?? '');
  return createHmac('sha1', authToken).update(data, 'utf8').digest('base64');
};
