import { type Audience, type EarlierSend, NO_LANGUAGE } from '../domain/audience';
import { Prisma } from './generated/client';

/** Whom a campaign is for, as SQL. `p` is the patient looked at. */

const { sql, empty, join } = Prisma;

const inList = (values: readonly (string | number)[]): Prisma.Sql =>
  sql`(SELECT value FROM json_each(${JSON.stringify(values)}))`;

/** The whole rule, for a patient `p`. Each part is a look into an index. */
export const audienceCondition = (audience: Audience, listed: readonly number[]): Prisma.Sql => {
  const { exceptGroupIds, languages, kind, earlier } = audience;
  const parts = [
    sourceCondition(audience, listed),
    ...(exceptGroupIds.length === 0 ? [] : [sql`NOT ${isInAny(exceptGroupIds)}`]),
    ...(languages.length === 0 ? [] : [sql`coalesce(p.language, ${NO_LANGUAGE}) IN ${inList(languages)}`]),
    ...(kind === null ? [] : [sql`p.kind = ${kind}`]),
    ...(earlier === null ? [] : [didEarlier(earlier)]),
  ];
  return join(parts, ' AND ');
};

const sourceCondition = ({ groupIds, match, file }: Audience, listed: readonly number[]): Prisma.Sql => {
  const inFile = file === null ? [] : [sql`p.id IN ${inList(listed)}`];
  const inGroups = groupIds.length === 0 ? [] : match === 'any' ? [isInAny(groupIds)] : groupIds.map(isIn);
  const sources = [...inGroups, ...inFile];
  return sources.length === 0 ? sql`TRUE` : sql`(${join(sources, match === 'any' ? ' OR ' : ' AND ')})`;
};

const isIn = (groupId: number): Prisma.Sql =>
  sql`EXISTS (SELECT 1 FROM GroupMember g WHERE g.groupId = ${groupId} AND g.patientId = p.id)`;

const isInAny = (groupIds: readonly number[]): Prisma.Sql =>
  sql`EXISTS (SELECT 1 FROM GroupMember g WHERE g.patientId = p.id AND g.groupId IN ${inList(groupIds)})`;

/** What came back counts by phone: that is who answers, whoever of a family was texted. Their last answer is the one. */
const didEarlier = (earlier: EarlierSend): Prisma.Sql => {
  const { campaignId } = earlier;
  const got = (states: Prisma.Sql): Prisma.Sql =>
    sql`EXISTS (SELECT 1 FROM Message m WHERE m.campaignId = ${campaignId} AND m.patientId = p.id ${states})`;
  const replies = sql`Message r WHERE r.phone = p.phone AND r.direction = 'INBOUND' AND r.answersCampaignId = ${campaignId}`;
  switch (earlier.who) {
    case 'answered':
      return sql`${got(empty)} AND (SELECT r.answer FROM ${replies} AND r.replyClass = 'expected'
        ORDER BY r.id DESC LIMIT 1) = ${earlier.answer}`;
    case 'silent':
      return sql`${got(sql`AND m.state IN ('SUBMITTED', 'DELIVERED')`)} AND NOT EXISTS (SELECT 1 FROM ${replies})`;
    case 'undelivered':
      return got(sql`AND m.state IN ('UNDELIVERED', 'FAILED', 'EXPIRED', 'CANCELED', 'SKIPPED')`);
  }
};

/** Ids of the patients whom groups and a file name, or an earlier campaign where neither does: at most about `limit` of each. */
export const listedSources = (
  { groupIds, file, earlier }: Audience,
  listed: readonly number[],
  limit: number,
): Prisma.Sql => {
  const ofGroup = (groupId: number): Prisma.Sql =>
    sql`SELECT * FROM (SELECT patientId AS id FROM GroupMember WHERE groupId = ${groupId} LIMIT ${limit})`;
  const sources = [
    ...groupIds.map(ofGroup),
    ...(file === null ? [] : [sql`SELECT value AS id FROM json_each(${JSON.stringify(listed.slice(0, limit))})`]),
  ];
  if (sources.length > 0) return join(sources, ' UNION ');
  return sql`SELECT patientId AS id FROM Message WHERE campaignId = ${earlier?.campaignId ?? 0} AND patientId IS NOT NULL
    LIMIT ${limit}`;
};
