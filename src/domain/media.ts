/** What patients attach to a text. */

/** Twilio takes and delivers at most 5 MB; this leaves room. In bytes. */
export const MOST_MEDIA_BYTES = 10 * 1024 * 1024;

export interface MediaKind {
  readonly word: 'Picture' | 'Video' | 'Recording' | 'Document';
  readonly extension: string;
}

const KINDS: ReadonlyMap<string, MediaKind> = new Map([
  ['image/jpeg', { word: 'Picture', extension: 'jpg' }],
  ['image/jpg', { word: 'Picture', extension: 'jpg' }],
  ['image/png', { word: 'Picture', extension: 'png' }],
  ['image/gif', { word: 'Picture', extension: 'gif' }],
  ['image/webp', { word: 'Picture', extension: 'webp' }],
  ['image/heic', { word: 'Picture', extension: 'heic' }],
  ['image/heif', { word: 'Picture', extension: 'heif' }],
  ['image/bmp', { word: 'Picture', extension: 'bmp' }],
  ['image/tiff', { word: 'Picture', extension: 'tiff' }],
  ['video/mp4', { word: 'Video', extension: 'mp4' }],
  ['video/3gpp', { word: 'Video', extension: '3gp' }],
  ['video/quicktime', { word: 'Video', extension: 'mov' }],
  ['audio/mpeg', { word: 'Recording', extension: 'mp3' }],
  ['audio/mp4', { word: 'Recording', extension: 'm4a' }],
  ['audio/amr', { word: 'Recording', extension: 'amr' }],
  ['audio/3gpp', { word: 'Recording', extension: '3gp' }],
  ['audio/ogg', { word: 'Recording', extension: 'ogg' }],
  ['audio/wav', { word: 'Recording', extension: 'wav' }],
  ['application/pdf', { word: 'Document', extension: 'pdf' }],
  ['text/vcard', { word: 'Document', extension: 'vcf' }],
  ['text/x-vcard', { word: 'Document', extension: 'vcf' }],
] as const);

/** Null for what is not handed on: a page or a program can do something to whoever opens it. */
export const mediaKindOf = (contentType: string): MediaKind | null =>
  KINDS.get(contentType.split(';')[0]?.trim().toLowerCase() ?? '') ?? null;

/** What phones take as a picture message, by extension. */
export const PICTURE_TYPES: ReadonlyMap<string, string> = new Map([
  ['jpg', 'image/jpeg'],
  ['png', 'image/png'],
  ['gif', 'image/gif'],
]);

/** The most that carriers are given in one text, all pictures together, in bytes. */
export const MOST_PICTURE_BYTES = 5 * 1024 * 1024;
/** The most pictures in one text. */
export const MOST_PICTURES = 10;

/** Null for what is no picture that phones take. */
export const pictureExtension = (contentType: string): string | null =>
  [...PICTURE_TYPES].find(([, type]) => type === contentType.toLowerCase())?.[0] ?? null;
