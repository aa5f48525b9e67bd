import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from './config';
import { type Finding, judgeClock, ok, scopesOf, warn } from './domain/checkup';
import type { Log } from './log';
import { checkSlack } from './slack/check-slack';
import { slackSettings, twilioSettings } from './settings';
import { storageOf } from './storage';
import { checkDatabaseAside } from './store/check-database';
import { placeOf, projectRoot } from './store/database';
import { checkTwilio } from './twilio/check-twilio';
import type { Clock } from './usecases/ports';

export interface DoctorDeps {
  readonly clock: Clock;
  readonly log: Log;
  /** Set at Twilio what is wrong there. */
  readonly mend?: boolean;
}

/** Looks at everything that an installation rests on. Changes nothing, unless it is told to mend. */
export async function examine(config: Config, { clock, log, mend = false }: DoctorDeps): Promise<Finding[]> {
  const { key, backupDir } = storageOf(config);
  const place = placeOf(config.DATABASE_URL, { key });
  const { PUBLIC_URL: publicUrl, TWILIO_INBOUND: inbound } = config;
  const at = (path: string): string | undefined => (publicUrl === undefined ? undefined : `${publicUrl}${path}`);
  const [database, slack, twilio, time] = await Promise.all([
    checkDatabaseAside({ place, backupDir, keep: config.BACKUP_KEEP, now: clock.now() }),
    checkSlack(
      {
        ...slackSettings(config),
        eventsUrl: at('/slack/events'),
        scopes: scopesOf(readFileSync(join(projectRoot, 'manifest.yml'), 'utf8')),
        channels: [
          { name: 'replies', id: config.CHANNEL_REPLIES },
          { name: 'approvals', id: config.CHANNEL_APPROVALS },
          { name: 'imports', id: config.CHANNEL_IMPORTS },
        ],
      },
      log,
    ),
    checkTwilio({
      ...twilioSettings(config),
      inboundUrl: inbound === 'poll' ? undefined : at('/twilio/inbound'),
      mend,
    }),
    checkClock(config.TWILIO_API_URL),
  ]);
  return [
    ok('The environment has no faults'),
    ...checkRoles(config),
    ...database,
    ...slack,
    ...twilio,
    time,
    ok(`The clinic’s time zone is ${config.CLINIC_TIME_ZONE}`),
  ];
}

function checkRoles({ REVIEWERS, ADMINS, SENDERS, RESPONDERS }: Config): Finding[] {
  const nobody = [...(REVIEWERS.length === 0 ? ['REVIEWERS'] : []), ...(ADMINS.length === 0 ? ['ADMINS'] : [])];
  const everybody = [...(SENDERS.length === 0 ? ['SENDERS'] : []), ...(RESPONDERS.length === 0 ? ['RESPONDERS'] : [])];
  const isAre = (names: readonly string[]): string =>
    `${names.join(' and ')} ${names.length === 1 ? 'is' : 'are'} empty`;
  return [
    ...(nobody.length > 0
      ? [warn(`${isAre(nobody)}: nobody has the role`, 'Large sends need reviewers. Put member ids there.')]
      : []),
    ...(everybody.length > 0
      ? [warn(`${isAre(everybody)}: every member of the workspace has the role`, 'Put member or user-group ids there.')]
      : []),
  ];
}

/** Any answer will do: each has a date. */
async function checkClock(address: string): Promise<Finding> {
  try {
    const { headers } = await fetch(address, {
      method: 'HEAD',
      redirect: 'manual',
      signal: AbortSignal.timeout(10_000),
    });
    return judgeClock(headers.get('date'), new Date());
  } catch {
    return judgeClock(null, new Date());
  }
}
