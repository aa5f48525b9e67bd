import { randomUUID } from 'node:crypto';

/**
 * A UUID of version 7 (RFC 9562): its first 48 bits are the time in ms. What is claimed together stands together in the
 * index on attempts, where random ids would change a page each.
 */
export function newAttemptId(now: Date): string {
  const ms = now.getTime().toString(16).padStart(12, '0');
  return `${ms.slice(0, 8)}-${ms.slice(8)}-7${randomUUID().slice(15)}`;
}
