import Database from 'better-sqlite3';
import { openStore, type Store } from '../src/store/store';

/** A campaign of so many recipients, as creating and approving it would leave it; and paused, when it is not to be sent. */
export async function seedCampaign(
  url: string,
  recipients: number,
  state: 'RUNNING' | 'PAUSED' = 'RUNNING',
): Promise<void> {
  const { store } = openStore(url);
  const at = new Date();
  const numbers = Array.from({ length: recipients }, (_, i) => `+1512${2_000_000 + i}`);
  await seedPatients(store, numbers, at);
  const { versionId: templateVersionId } = await store.templates.addVersion({
    name: 'Bench',
    key: 'bench',
    createdBy: BENCH,
    at,
    variants: [{ language: 'default', text: 'Hi {{ first_name }}' }],
    replies: [],
  });
  const audience = '{"groupIds":[]}';
  const asked = { key: 'bench', templateVersionId, audience, requestedBy: BENCH, createdAt: at };
  const campaign = await store.campaigns.create({ ...asked, startAt: null, atClose: 'CARRY_OVER' });
  const run = { campaignId: campaign.id, run: 'bench' };
  await store.campaigns.beginFreezing(run);
  for (let from = 0; from < recipients; from += BATCH) {
    const batch = numbers.slice(from, from + BATCH).map((phone, i) => ({ ...MESSAGE, patientId: from + i + 1, phone }));
    await store.recipients.addMessages(run, batch, at);
  }
  const zoneSets = [MESSAGE.zones];
  const frozen = { contentHash: 'bench', recipients, approvalsNeeded: 0, zoneSets, preview: '{}', frozenAt: at };
  await store.campaigns.endFreezing(run, frozen);
  await store.campaigns.move(campaign.id, { from: 'DRAFT', to: state, startedAt: at });
  await store.close();
}

/** So many patients in one group, and a template for them. */
export async function seedAudience(url: string, patients: number): Promise<void> {
  const { store } = openStore(url);
  const at = new Date();
  const numbers = Array.from({ length: patients }, (_, i) => `+1512${2_000_000 + i}`);
  await seedPatients(store, numbers, at);
  await store.groups.ensure(['Bench'], at);
  const variants = [{ language: 'default', text: 'Hi {{ first_name }}, this is your clinic. Reply YES or NO.' }];
  await store.templates.addVersion({ name: 'Bench', key: 'bench', createdBy: BENCH, at, variants, replies: [] });
  await store.close();
  const db = new Database(url.replace(/^file:/, ''));
  db.exec('INSERT INTO GroupMember (groupId, patientId) SELECT g.id, p.id FROM "Group" g, Patient p');
  db.close();
}

const BENCH = 'U0BENCH';
const BATCH = 5_000;
const MESSAGE = {
  text: 'Hi there, this is your clinic. Reply YES or NO.',
  textKey: 'bench',
  segments: 1,
  zones: 'America/Chicago',
};

async function seedPatients(store: Store, numbers: readonly string[], at: Date): Promise<void> {
  const whose = { firstName: 'There', lastName: 'Bench', zones: MESSAGE.zones, zonesFrom: 'area code' };
  for (let from = 0; from < numbers.length; from += BATCH) {
    const batch = numbers.slice(from, from + BATCH);
    const patients = batch.map((phone, i) => ({ ...whose, phone, externalId: String(from + i + 1) }));
    await store.patients.addAll(patients, at);
  }
}
