import type { KnownBlock } from '@slack/types';
import type { CampaignCounts, CampaignFacts, Stopped } from '../../domain/cards/card';
import { context, quote } from './elements';
import { count, duration, escape, language, money, name, plural, user, when } from './words';

/** What the campaign's card, the approval card and lists say alike of a send. */

/** “180 patients” with the verb: `would get`, `get`. */
export const patientsGet = (recipients: number, verb: 'would get' | 'get'): string => {
  if (recipients === 0) return verb === 'get' ? 'Nobody gets' : `Nobody ${verb}`;
  return `${plural(recipients, 'patient')} ${verb === 'get' && recipients === 1 ? 'gets' : verb}`;
};

export const audienceLine = ({ audience }: CampaignFacts): string =>
  audience.trim() === '' ? '' : `To: ${name(audience, 300)}`;

export const leftOutLine = ({ excluded }: CampaignFacts): string => {
  const all = excluded.reduce((sum, { count: some }) => sum + some, 0);
  if (all === 0) return 'Nobody is left out.';
  const reasons = excluded.slice(0, 10).map((one) => `${name(one.reason, 100)} (${count(one.count)})`);
  return `${count(all)} left out: ${reasons.join(', ')}`;
};

export const effortLine = ({ segments, cost, minutes }: CampaignFacts): string =>
  [segments > 0 ? plural(segments, 'segment') : '', cost > 0 ? `about ${money(cost)}` : '', duration(minutes)]
    .filter(Boolean)
    .join('  ·  ');

export const startLine = ({ startAt, timeZone }: CampaignFacts): string =>
  startAt === null ? '' : `Starts ${when(startAt, timeZone)}`;

export const askedBy = ({ requestedBy }: CampaignFacts): KnownBlock => context(`Asked for by ${user(requestedBy)}`);

/** Which placeholder is empty for whom: what has to be filled in, or given a default, so that they get it too. */
export const emptyLine = ({ empty }: CampaignFacts): string =>
  empty
    .map(({ placeholder, patients }) => `\`{{ ${escape(placeholder)} }}\` is empty for ${count(patients)}`)
    .join(', ');

/** How many get which language's text, and who gets one that is not theirs. One text for all needs no line. */
export const languageLine = ({ languages, fallbacks }: CampaignFacts): string => {
  const fallen = fallbacks.reduce((sum, { recipients }) => sum + recipients, 0);
  if (languages.length < 2 && fallen === 0) return '';
  const shown = languages.slice(0, 8).map((one) => `${textIn(one.language)} ${count(one.recipients)}`);
  const preferred = fallbacks.slice(0, 8).map((one) => `${language(one.language)} (${count(one.recipients)})`);
  const fallback = `no text in ${preferred.join(', ')}: they get the default one`;
  return [`Text: ${shown.join(', ')}`, fallen === 0 ? '' : fallback].filter(Boolean).join('; ');
};

const textIn = (code: string): string => (code === 'default' ? 'default' : language(code));

export const unknownLine = ({ unknownInFile: { count: all, lines } }: CampaignFacts): string => {
  if (all === 0) return '';
  const where = lines.length === 0 ? '' : `: line ${lines.join(', ')}${all > lines.length ? ' …' : ''}`;
  return `⚠️ ${plural(all, 'row')} of the file ${all === 1 ? 'is no known patient' : 'are no known patients'}${where}. Import them first if they should get it.`;
};

const SAMPLES_EACH = 3;
/** A card has room for so many. */
const MOST_SAMPLES = 12;

/** Real texts, as they would be on the phone: a few of each language. */
export const sampleBlocks = ({ samples }: CampaignFacts): KnownBlock[] => {
  const codes = [...new Set(samples.map((sample) => sample.language))];
  const ofEach = codes.flatMap((code) => samples.filter((sample) => sample.language === code).slice(0, SAMPLES_EACH));
  return ofEach.slice(0, MOST_SAMPLES).flatMap((sample) => {
    const text = codes.length < 2 ? '' : `  ·  ${textIn(sample.language)} text`;
    return [context(`As ${name(sample.who)} would get it${text}`), quote(sample.text)];
  });
};

export const allStopped = ({ by, at }: Stopped): string =>
  `🛑 *All sending is stopped* by ${user(by)} since ${when(at)}. Nothing goes out until an admin resumes all.`;

export const waitingOf = ({ queued, sending }: CampaignCounts): number => queued + sending;

/** `1 reviewer has`, `2 reviewers have`. */
export const reviewersHave = (needed: number): string => plural(needed, 'reviewer has', 'reviewers have');
