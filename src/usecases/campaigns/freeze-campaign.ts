import { randomUUID } from 'node:crypto';
import { capStart, readAudience } from '../../domain/audience';
import { approvalsNeeded } from '../../domain/campaign';
import { AppError } from '../../domain/errors';
import { type Candidate, type FreezeRun, type Selection, START } from '../../store/recipients';
import type { Ports } from '../ports';
import { campaignKey } from './campaign-key';
import { listedPatients } from './listed-patients';
import { Snapshot } from './snapshot';

/** How many patients are looked at in one go: some 25 ms, in which a webhook waits. */
const BATCH = 2_000;
/** An audience of at most so many is looked up one by one; for a larger one all patients are walked. */
const MOST_LISTED = 20_000;
/** The card of a long freezing appears after this long, and then moves as often, in ms. */
const PROGRESS_MS = 1_500;

/** Somebody canceled it, or another process began it anew: there is nothing more to do here. */
class Superseded extends Error {}

/**
 * Freezes what waits to be frozen: a template version and an audience become rows, a batch at a time, and nothing can be
 * sent before the last one is written. Begun again after a crash, it starts over.
 */
export async function freezeCampaigns(ports: Ports): Promise<void> {
  for (const { id } of await ports.store.campaigns.unfrozen()) await freezeCampaign(ports, id);
}

async function freezeCampaign(ports: Ports, campaignId: number): Promise<void> {
  const run = { campaignId, run: randomUUID() };
  try {
    if (!(await ports.store.campaigns.beginFreezing(run))) return;
    while (await ports.store.recipients.dropSome(run, BATCH)) await breathe();
    await freeze(ports, run);
  } catch (error) {
    if (error instanceof Superseded) return;
    if (!(error instanceof AppError)) throw error;
    // The file is gone, or not a list: the sender can mend it, and what they filled in is kept with the card.
    ports.log.warn({ err: error, campaignId }, 'a campaign could not be frozen');
    await ports.store.campaigns.refuseFreezing(run, error.userMessage, ports.clock.now());
    await showCard(ports, campaignId);
  }
}

async function freeze(ports: Ports, run: FreezeRun): Promise<void> {
  const { store, clinic, clock } = ports;
  const campaign = await store.campaigns.byId(run.campaignId);
  if (!campaign) throw new Superseded();
  const audience = readAudience(campaign.audience);
  const { ids: listed, unknown } = await listedPatients(ports, audience.file);
  const selection = { ...run, audience, listed, textedSince: capStart(audience, campaign.startAt ?? clock.now()) };
  const snapshot = new Snapshot(campaign.templateVersion, clinic);
  const progress = progressOf(ports, run, snapshot);
  for await (const candidates of candidatesOf(ports, selection)) {
    const { included, excluded } = snapshot.take(candidates);
    const written =
      (await store.recipients.addMessages(run, included, clock.now())) &&
      (await store.recipients.addExclusions(run, excluded));
    if (!written) throw new Superseded();
    await progress();
    await breathe();
  }
  const { recipients, zoneSets } = snapshot;
  const at = clock.now();
  const frozen = {
    recipients,
    contentHash: snapshot.contentHash(),
    approvalsNeeded: approvalsNeeded(recipients, clinic),
    zoneSets,
    preview: JSON.stringify(snapshot.preview(unknown)),
    frozenAt: at,
  };
  await store.transaction(async (tx) => {
    if (!(await tx.campaigns.endFreezing(run, frozen))) throw new Superseded();
    const detail = { looked: snapshot.looked, recipients, contentHash: frozen.contentHash };
    const record = { at, actor: 'app', subject: campaignKey(run.campaignId), campaignId: run.campaignId };
    await tx.audit.append({ ...record, action: 'campaign.freeze', detail });
  });
  await showCard(ports, run.campaignId);
}

/** The audience in the order of (phone, id), a batch at a time. */
async function* candidatesOf({ store }: Ports, selection: Selection): AsyncGenerator<Candidate[]> {
  const ids = await store.recipients.sources(selection, MOST_LISTED);
  for (let from = 0; ids !== null && from < ids.length; from += BATCH) {
    yield await store.recipients.among(ids.slice(from, from + BATCH), selection);
  }
  if (ids !== null) return;
  for (let position: typeof START | null = START; position !== null;) {
    const { candidates, next } = await store.recipients.walk(position, { size: BATCH, selection });
    yield candidates;
    position = next;
  }
}

/** Says on the card how far it is, once it takes long. */
function progressOf(ports: Ports, run: FreezeRun, snapshot: Snapshot): () => Promise<void> {
  let shown = Date.now();
  return async () => {
    if (Date.now() - shown < PROGRESS_MS) return;
    shown = Date.now();
    await ports.store.campaigns.noteFreezing(run, { looked: snapshot.looked, recipients: snapshot.recipients });
    await showCard(ports, run.campaignId);
  };
}

async function showCard({ store, clock, wake }: Ports, campaignId: number): Promise<void> {
  const campaign = await store.campaigns.byId(campaignId);
  if (campaign?.channel == null) return;
  const { channel, threadTs } = campaign;
  const place = { channel, ...(threadTs === null ? {} : { threadTs }) };
  await store.posts.want(
    { key: campaignKey(campaignId), kind: 'campaign', ref: campaignId, ...place, priority: 3 },
    clock.now(),
  );
  wake.posts();
}

/** A loop of awaits on SQLite lets no timer fire: webhooks and Slack's 3 s come first. */
const breathe = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
