/** What the app's answer to an inbound message tells Twilio to do. */
import { parseXml, XmlError } from './xml';
import type { Element } from './xml';

export interface Reply {
  readonly body: string;
  readonly to: string | null;
  readonly mediaUrls: readonly string[];
  readonly statusCallback: string | null;
}

export interface Instructions {
  readonly replies: readonly Reply[];
  /** For the debugger. */
  readonly problem: { readonly code: number; readonly text: string } | null;
}

const NOTHING: Instructions = { replies: [], problem: null };
const DOCUMENT_PARSE_FAILURE = 12100;
const INVALID_CONTENT_TYPE = 12300;

const readMessage = (element: Element): Reply => {
  const bodies = element.children.filter((child) => child.name === 'Body').map((child) => child.text);
  return {
    body: bodies.length > 0 ? bodies.join('') : element.text.trim(),
    to: element.attributes['to'] ?? null,
    mediaUrls: element.children.filter((child) => child.name === 'Media').map((child) => child.text.trim()),
    statusCallback: element.attributes['statusCallback'] ?? element.attributes['action'] ?? null,
  };
};

const readDocument = (source: string): Instructions => {
  try {
    const root = parseXml(source);
    if (root.name !== 'Response') throw new XmlError(`<${root.name}> instead of <Response>.`);
    const verbs = root.children.filter((child) => child.name === 'Message' || child.name === 'Sms');
    return { replies: verbs.map(readMessage), problem: null };
  } catch (error) {
    if (!(error instanceof XmlError)) throw error;
    return { replies: [], problem: { code: DOCUMENT_PARSE_FAILURE, text: error.message } };
  }
};

/** Plain text is a reply in itself: an app that answers `OK` texts OK to the patient, here as at Twilio. */
export const readInstructions = (contentType: string, body: string): Instructions => {
  if (body.trim() === '') return NOTHING;
  const type = contentType.split(';')[0]?.trim().toLowerCase() ?? '';
  if (type === 'text/plain') {
    return { replies: [{ body, to: null, mediaUrls: [], statusCallback: null }], problem: null };
  }
  if (['text/xml', 'application/xml', 'text/html'].includes(type)) return readDocument(body);
  return { replies: [], problem: { code: INVALID_CONTENT_TYPE, text: `Content-Type '${type}'` } };
};
