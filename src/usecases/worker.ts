import { setTimeout as sleep } from 'node:timers/promises';
import { logAuditHead } from './audit/read-audit';
import { catchUpRequests } from './campaigns/catch-up-requests';
import { startDueCampaigns } from './campaigns/start-due';
import { freezeCampaigns } from './campaigns/freeze-campaign';
import { ApprovalTender } from './campaigns/tend-approvals';
import { CampaignTender } from './campaigns/tend-campaigns';
import { catchUpThreads } from './conversations/catch-up-threads';
import { moveWaiting } from './conversations/route-conversation';
import { showNewlyHeld } from './conversations/held-texts';
import { processInbound } from './conversations/process-inbound';
import { Recaller } from './messages/recall-unsent';
import { remindOfWaiting } from './conversations/remind';
import { applyReports } from './messages/apply-reports';
import { catchUpInbound } from './messages/catch-up';
import { sweepStatuses } from './messages/sweep-statuses';
import { Dispatcher } from './messages/dispatcher';
import { WorkerLease } from './messages/lease';
import { RestoredSettler } from './messages/settle-restored';
import { Settler } from './messages/settle-uncertain';
import { hideRevealed } from './patients/reveal';
import { closeUndo } from './patients/undo-import';
import { ImportTender, resumeImports } from './patients/resume-imports';
import type { Ports, Wake } from './ports';
import { PostDelivery } from './posts/deliver-posts';
import { SingleFlight } from './single-flight';

const SENDS = 'texts that were under way';
const REACTIONS = 'reactions in Slack';
const REPLIES = 'replies at Twilio';
const THREADS = 'staff messages in Slack';
/** Slack delivers an event again for about five minutes; what it has given up on is looked for this far back, in ms. */
const UNHEARD_MS = 30 * 60_000;
/** So long what comes in waits for what came before it, in ms: if Twilio does not tell of that, an emergency must not wait for it. */
const MISSED_FIRST_MS = 15_000;
/** A claim whose result is in nobody's hands after this long is settled like after a crash, in ms. */
const ORPHANED_AFTER_MS = 60_000;

/**
 * The work that goes on by itself. Everything here is woken by ticks and by what happens, reads what is to be done from
 * the database, and is done by the one process that holds the lease.
 */
export class Worker {
  readonly wake: Wake;
  private readonly ports: Ports;
  private readonly lease: WorkerLease;
  private readonly dispatcher: Dispatcher;
  private readonly tender: CampaignTender;
  private readonly approvals: ApprovalTender;
  private readonly recaller: Recaller;
  private readonly imports: ImportTender;
  private readonly delivery: PostDelivery;
  private readonly inbound: SingleFlight;
  private readonly posts: SingleFlight;
  private readonly freezing: SingleFlight;
  private readonly catchingUp: SingleFlight;
  private readonly settler: Settler;
  private readonly restored: RestoredSettler;
  /** What has to be caught up with once after taking over; each is tried until it succeeds. */
  private readonly overdue = new Map<string, () => Promise<unknown>>();
  private tookOverAt = 0;
  private stopping = false;

  constructor(
    ports: Omit<Ports, 'wake'>,
    private readonly onRepliesMissed: (count: number) => void = () => undefined,
  ) {
    this.wake = {
      dispatch: () => this.dispatcher.wake(),
      inbound: () => this.inbound.wake(),
      posts: () => this.posts.wake(),
      freeze: () => this.freezing.wake(),
      threads: () => this.listenAgain(),
    };
    this.ports = { ...ports, wake: this.wake };
    this.lease = new WorkerLease(ports);
    this.dispatcher = new Dispatcher({ ...this.ports, mayWork: () => this.maySend() });
    this.settler = new Settler(this.ports);
    this.restored = new RestoredSettler(this.ports);
    this.delivery = new PostDelivery(this.ports);
    this.tender = new CampaignTender(this.ports);
    this.approvals = new ApprovalTender(this.ports);
    this.recaller = new Recaller(this.ports);
    this.imports = new ImportTender(this.ports);
    this.inbound = new SingleFlight('inbound', ports.log, () => this.whenHeld(() => this.workOnInbound()));
    this.catchingUp = new SingleFlight('catch-up', ports.log, () => this.whenHeld(() => this.catchUp()));
    this.freezing = new SingleFlight('freezing', ports.log, () => this.whenHeld(() => freezeCampaigns(this.ports)));
    this.posts = new SingleFlight('posts', ports.log, () => this.whenHeld(() => this.deliverPosts()));
  }

  /** Whether this process is the one that works. */
  mayWork(): boolean {
    return !this.stopping && this.lease.isHeld();
  }

  /** Nobody is texted before it is known what the former process left, and what patients wrote meanwhile: it may be STOP. */
  private maySend(): boolean {
    return this.mayWork() && !this.overdue.has(SENDS) && !this.overdue.has(REPLIES);
  }

  /** Takes or renews the lease; after taking it, picks up what the former holder left. */
  async keepLease(): Promise<void> {
    if (this.stopping) return;
    await this.ports.clinic.textingHours.refresh();
    await this.ports.clinic.conversations.refresh();
    const had = await this.lease.renew();
    if (had === 'taken') this.takeOver();
    // Not waited for: Slack or Twilio may hang, and the lease has to be kept meanwhile.
    if (had !== 'refused' && this.overdue.size > 0) this.catchingUp.wake();
  }

  tend = (): Promise<void> =>
    this.whenHeld(async () => {
      // A ✅ that was taken back while nobody listened must not start anything.
      if (!this.overdue.has(REACTIONS)) await startDueCampaigns(this.ports);
      await this.tender.tend();
      await this.recaller.tend();
      await this.imports.tend();
      if (!this.overdue.has(REACTIONS)) await this.approvals.tend();
    });
  /** What is said by itself in patients' threads. */
  mindThreads = (): Promise<void> =>
    this.whenHeld(async () => {
      await showNewlyHeld(this.ports);
      await remindOfWaiting(this.ports);
    });
  settle = (): Promise<void> =>
    this.whenHeld(async () => {
      const { store, clock } = this.ports;
      const longAgo = new Date(clock.now().getTime() - ORPHANED_AFTER_MS);
      await store.queue.markOrphansUncertain(this.dispatcher.inHand, longAgo);
      await this.settler.settle();
      // Replies since the backup come first: they may be STOP.
      if (this.maySend()) await this.restored.settle();
    });
  sweep = (): Promise<void> =>
    this.whenHeld(async () => {
      await closeUndo(this.ports);
      await sweepStatuses(this.ports);
    });
  /** Events that never came: Slack gives up on an app that it does not reach for minutes. */
  listenForMissed = (): Promise<void> =>
    this.whenHeld(async () => {
      if (!this.overdue.has(THREADS)) await catchUpThreads(this.ports, UNHEARD_MS);
    });
  logAuditHead = (): Promise<void> => this.whenHeld(() => logAuditHead(this.ports));
  hide = (): Promise<void> => this.whenHeld(() => hideRevealed(this.ports));
  fetchInbound = (): Promise<void> =>
    this.whenHeld(async () => {
      // After a pause it is no wonder that replies are found so.
      const isPause = this.overdue.has(REPLIES);
      await catchUpInbound(this.ports, (count) => !isPause && this.onRepliesMissed(count));
    });

  /** In-flight calls finish, results are written, and the lease is free for the next process. */
  async stop(): Promise<void> {
    await this.dispatcher.stop();
    this.stopping = true;
    await this.catchingUp.stop();
    await this.inbound.stop();
    await this.posts.stop();
    await this.freezing.stop();
    await this.lease.end();
  }

  private async whenHeld(work: () => Promise<void>): Promise<void> {
    if (this.mayWork()) await work();
  }

  private takeOver(): void {
    this.tookOverAt = Date.now();
    this.overdue.set(SENDS, () => this.doubtWhatWasUnderWay());
    this.overdue.set(REPLIES, () => catchUpInbound(this.ports));
    this.overdue.set('imports', () => resumeImports(this.ports));
    this.overdue.set(REACTIONS, () => catchUpRequests(this.ports));
    this.overdue.set(THREADS, async () => {
      await catchUpThreads(this.ports);
      await moveWaiting(this.ports);
    });
    this.wake.inbound();
    this.wake.posts();
  }

  /** Staff may have written where nobody listened. */
  private listenAgain(): void {
    this.overdue.set(THREADS, () => catchUpThreads(this.ports));
    this.catchingUp.wake();
  }

  private async doubtWhatWasUnderWay(): Promise<void> {
    const messages = await this.ports.store.queue.markSendingUncertain();
    if (messages > 0)
      this.ports.log.warn({ messages }, 'the former process died while it was sending: asking Twilio what it has');
  }

  private async catchUp(): Promise<void> {
    for (const [name, step] of this.overdue) {
      try {
        await step();
        this.overdue.delete(name);
        this.wake.dispatch();
        this.wake.inbound();
      } catch (err) {
        this.ports.log.warn({ err, step: name }, 'catching up failed; it is tried again');
      }
    }
  }

  private async workOnInbound(): Promise<void> {
    await applyReports(this.ports);
    // STOP from while nobody was here, and START just now, mean something else the other way round.
    if (this.overdue.has(REPLIES) && Date.now() < this.tookOverAt + MISSED_FIRST_MS) return;
    await processInbound(this.ports);
  }

  private async deliverPosts(): Promise<void> {
    for (;;) {
      const wait = await this.delivery.round();
      if (wait === null || !this.mayWork()) return;
      await sleep(Math.min(wait, 300));
    }
  }
}
