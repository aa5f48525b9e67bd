import type { PhoneKind, SandboxPhone, TextAnswer, TextRequest } from '../../contract';
import { getJson, postJson } from './http';

const base = 'twilio/control';

export const twilio = {
  streamUrl: `${base}/stream`,
  /** `limit` keeps the answer small when a whole town's phones are there. */
  phones: (q: string, limit: number) =>
    getJson<SandboxPhone[]>(`${base}/phones?limit=${limit}&q=${encodeURIComponent(q)}`),
  text: (request: TextRequest) => postJson<TextAnswer>(`${base}/text`, request),
  setPhone: (request: { number: string; kind?: PhoneKind }) => postJson<unknown>(`${base}/phone`, request),
};
