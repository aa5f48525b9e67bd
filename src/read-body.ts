import type { IncomingMessage } from 'node:http';

/** More than this is not even thrown away: the connection is cut. */
const MOST_DISCARDED = 16 * 1024 * 1024;

/**
 * The body as it came, for the signature is over it. What is too large is read to its end and forgotten, so that the sender
 * gets the answer and not a broken connection.
 * @returns null when it has more bytes than the limit
 */
export async function readBody(request: IncomingMessage, limit: number): Promise<Buffer | null> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MOST_DISCARDED) break;
    if (size <= limit) chunks.push(chunk);
    else chunks.length = 0;
  }
  return size > limit ? null : Buffer.concat(chunks);
}
