import type { Server } from 'node:http';
import { followClock, systemClock } from './clock';
import type { Config } from './config';
import { examine } from './doctor';
import { HealthCheck } from './health';
import { fetchInboundJob, JOBS, upkeepJobs } from './jobs/jobs';
import { startJobs } from './jobs/start-jobs';
import type { Log } from './log';
import { createMetrics } from './metrics';
import { createHttpServer, listen } from './server';
import { createSlackApp, type SlackApp } from './slack/app';
import { registerListeners } from './slack/listeners';
import { createStaffDirectory } from './slack/staff-directory';
import { createStaffRoom } from './slack/staff-room';
import { slackSettings, twilioSettings } from './settings';
import { storageOf } from './storage';
import { roomOn } from './store/check-database';
import { BackupShelf } from './store/backup-shelf';
import { placeOf } from './store/database';
import { openStore, type Store } from './store/store';
import { formatTextingWindow } from './domain/texting-window';
import { PictureAddresses } from './twilio/picture-address';
import { servePicture } from './twilio/serve-picture';
import { createSmsGateway } from './twilio/sms-gateway';
import { OWN_LIBRARY, readLibrary } from './template-library';
import { twilioWebhooks } from './twilio/webhooks';
import { inbox } from './usecases/messages/receive-inbound';
import { FrontDoor } from './usecases/front-door';
import type { Clinic, Clock, Ports } from './usecases/ports';
import { Pulse } from './usecases/upkeep/pulse';
import { Upkeep } from './usecases/upkeep/upkeep';
import { ConversationsSetting } from './usecases/settings/conversations';
import { TextingHoursSetting } from './usecases/settings/texting-hours';
import { ImportThreads } from './usecases/patients/engine/threads';
import { Worker } from './usecases/worker';

export interface RunningApp {
  readonly port: number;
  stop(): Promise<void>;
}

/**
 * The composition root: opens the database, joins the parts, and starts them.
 * @throws AppError when the database cannot be opened
 */
export async function startApp(config: Config, log: Log): Promise<RunningApp> {
  const stopClock = new AbortController();
  const clock = config.CLOCK_URL ? await followClock(config.CLOCK_URL, stopClock.signal) : systemClock;
  const { slack, sms, worker, ports, pulse, pictures } = await join(config, clock, log);
  const server = serverOf(config, { slack, worker, ports, pulse, pictures });
  const port = await listen(server, config.PORT);
  void connectSlack(slack, log);
  await worker.keepLease();
  const jobs = startJobs(
    [...JOBS, fetchInboundJob(config.TWILIO_INBOUND), ...upkeepJobs(upkeepOf(config, { ports, worker, pulse }))],
    worker,
    log,
  );
  log.info({ port, socketMode: slack.handle === null }, 'CareThread is ready');
  const stop = async (): Promise<void> => {
    await jobs.stop();
    await slack.stop();
    await close(server);
    await worker.stop();
    await ports.imports.stop();
    await sms.close();
    stopClock.abort();
    await ports.store.close();
  };
  return { port, stop };
}

/** Every part, told of the others; nothing runs yet. */
async function join(config: Config, clock: Clock, log: Log) {
  const { store, migrated } = openStore(config.DATABASE_URL, storageOf(config));
  if (migrated.length > 0) log.info({ migrated }, 'the database was brought up to date');
  const slack = createSlackApp(slackSettings(config), log);
  const pulse = new Pulse();
  const pictures = pictureAddresses(config, clock);
  const sms = pulse.watch(createSmsGateway(twilioSettings(config), pictures), () => clock.now());
  const room = createStaffRoom(slack.client, slackSettings(config));
  const directory = createStaffDirectory(slack.client, rolesOf(config), log);
  const clinic = clinicOf(config, store);
  await clinic.textingHours.refresh();
  await clinic.conversations.refresh();
  const imports = new ImportThreads(placeOf(config.DATABASE_URL, storageOf(config)), (isAtWork) => {
    store.housekeeping
      .leaveLogToOthers(isAtWork)
      .catch((err: unknown) => log.warn({ err }, 'the length of the log could not be set'));
  });
  const parts = {
    store,
    imports,
    sms,
    room,
    directory,
    clock,
    clinic,
    door: new FrontDoor(),
    log,
    examine: () => examine(config, { clock, log }),
  };
  const worker = new Worker(parts, (count) => pulse.repliesMissed(count));
  const ports: Ports = { ...parts, wake: worker.wake };
  registerListeners(slack.app, ports);
  return { slack, sms, worker, ports, pulse, pictures };
}

interface Parts {
  readonly slack: SlackApp;
  readonly worker: Worker;
  readonly ports: Ports;
  readonly pulse: Pulse;
  readonly pictures: PictureAddresses | undefined;
}

function serverOf(config: Config, { slack, worker, ports, pulse, pictures }: Parts): Server {
  const isWorker = (): boolean => worker.mayWork();
  const { TWILIO_AUTH_TOKEN: authToken, PUBLIC_URL: publicUrl } = config;
  return createHttpServer({
    slack: slack.handle,
    twilio: twilioWebhooks({
      authToken,
      publicUrl,
      clock: ports.clock,
      ...inbox(ports),
      onRefused: pulse.webhookRefused,
      onTaken: (kind) => pulse.webhookCame(kind),
    }),
    picture: servePicture(pictures, ports.room),
    health: new HealthCheck(ports, isWorker),
    metrics: createMetrics(ports, { isWorker, pulse }),
    log: ports.log,
  });
}

function upkeepOf(config: Config, { ports, worker, pulse }: Omit<Parts, 'slack' | 'pictures'>): Upkeep {
  const { key, backupDir } = storageOf(config);
  const shelf = new BackupShelf(placeOf(config.DATABASE_URL, { key }), backupDir);
  const place = placeOf(config.DATABASE_URL);
  const alerts = { pulse, expectsWebhooks: config.TWILIO_INBOUND === 'webhook', room: () => roomOn(place.path) };
  const settings = { backups: { shelf, keep: config.BACKUP_KEEP }, retentionDays: config.RETENTION_DAYS, alerts };
  return new Upkeep(ports, settings, () => worker.mayWork());
}

/** Slack may be down when we start: Twilio's webhooks are served all the same, and Slack is tried again. */
async function connectSlack(slack: SlackApp, log: Log): Promise<void> {
  for (let wait = 1_000; ; wait = Math.min(wait * 2, 30_000)) {
    try {
      return await slack.start();
    } catch (err) {
      log.warn({ err, nextTryMs: wait }, 'Slack cannot be reached');
      await new Promise((resolve) => setTimeout(resolve, wait).unref());
    }
  }
}

const close = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    server.close(() => resolve());
    server.closeIdleConnections();
    setTimeout(() => server.closeAllConnections(), 2_000).unref();
  });

/** None without a public address: Twilio could not fetch anything. */
const pictureAddresses = (config: Config, clock: Clock): PictureAddresses | undefined =>
  config.PUBLIC_URL === undefined
    ? undefined
    : new PictureAddresses({ publicUrl: config.PUBLIC_URL, secret: config.TWILIO_AUTH_TOKEN, clock });

const rolesOf = (config: Config) => ({
  senders: config.SENDERS,
  reviewers: config.REVIEWERS,
  responders: config.RESPONDERS,
  admins: config.ADMINS,
});

const clinicOf = (config: Config, store: Store): Clinic => ({
  name: config.CLINIC_NAME,
  phone: config.CLINIC_PHONE,
  timeZone: config.CLINIC_TIME_ZONE,
  country: config.CLINIC_COUNTRY,
  textingHours: new TextingHoursSetting(store, formatTextingWindow(config.TEXTING_WINDOW)),
  conversations: new ConversationsSetting(store, config.REPLY_THREADS),
  approvalThreshold: config.APPROVAL_THRESHOLD,
  largeSendThreshold: config.LARGE_SEND_THRESHOLD,
  templateReview: config.TEMPLATE_REVIEW === 'on',
  starterLibrary: () => readLibrary([OWN_LIBRARY, ...(config.TEMPLATE_LIBRARY ? [config.TEMPLATE_LIBRARY] : [])]),
  rate: config.TWILIO_RATE,
  pricePerSegment: config.PRICE_PER_SEGMENT,
  mayReveal: config.REVEAL === 'on',
  sendsPictures: config.PUBLIC_URL !== undefined,
  channels: { replies: config.CHANNEL_REPLIES, approvals: config.CHANNEL_APPROVALS, imports: config.CHANNEL_IMPORTS },
});
