import type { Db } from './database';
import { Prisma } from './generated/client';

/** The cap of a campaign (“nobody who got a send in the last … days”) at the moment of sending. `m` is the message looked at. */

/** What another campaign has handed over to patient `m.patientId` since, or is handing over. Uses (phone, direction, id). */
export const isTextedSince = (since: Date): Prisma.Sql => Prisma.sql`EXISTS (
  SELECT 1 FROM Message o WHERE o.phone = m.phone AND o.direction = 'OUTBOUND' AND o.patientId = m.patientId
    AND o.campaignId <> m.campaignId AND (o.submittedAt > ${since} OR +o.state IN ('SENDING', 'UNCERTAIN')))`;

interface NextTexts {
  readonly openZoneSets: readonly string[];
  readonly now: Date;
  readonly limit: number;
  readonly textedSince: Date;
}

/** Of the next texts those whose patient another campaign has reached since this one was frozen. Uses (state, campaignId, zones). */
export const skipTextedLately = (
  db: Db,
  campaignId: number,
  { openZoneSets, now, limit, textedSince }: NextTexts,
): Promise<number> => db.$executeRaw`
  UPDATE Message SET state = 'SKIPPED', reason = 'texted_lately', settledAt = ${now}
  WHERE id IN (
    SELECT m.id FROM (
      SELECT m.id, m.phone, m.patientId, m.campaignId
      FROM json_each(${JSON.stringify(openZoneSets)}) z CROSS JOIN Message m
      WHERE m.state = 'QUEUED' AND m.campaignId = ${campaignId} AND m.zones = z.value
        AND EXISTS (SELECT 1 FROM Campaign c WHERE c.id = m.campaignId AND c.state = 'RUNNING')
        AND NOT EXISTS (SELECT 1 FROM Setting s WHERE s.key = 'sending' AND s.value = 'stopped')
      LIMIT ${limit}) m
    WHERE ${isTextedSince(textedSince)})`;
