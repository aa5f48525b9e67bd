/** Media: what a phone sent is kept whole; what the app sends is known by its address, and fetched by nobody. */
import type { World } from '../world';
import { newSid } from './record';
import type { MediaRecord, MessageRecord } from './record';

const TYPES: Readonly<Record<string, string>> = {
  gif: 'image/gif',
  jpeg: 'image/jpeg',
  jpg: 'image/jpeg',
  mp4: 'video/mp4',
  pdf: 'application/pdf',
  png: 'image/png',
  vcf: 'text/vcard',
};

const typeOf = (url: string): string => {
  const extension = /\.(\w+)(?:[?#]|$)/.exec(url)?.[1]?.toLowerCase() ?? '';
  return TYPES[extension] ?? 'image/jpeg';
};

export const attachUrls = (world: World, record: MessageRecord, urls: readonly string[]): void => {
  if (urls.length === 0) return;
  const common = { messageSid: record.sid, createdAt: record.createdAt, content: null };
  const media = urls.map((url): MediaRecord => ({ sid: newSid('ME'), contentType: typeOf(url), url, ...common }));
  world.messages.attach(record, media);
};
