import type { Store } from '../../src/store/store';

export interface SeedPatient {
  readonly phone: string;
  readonly zones: string;
}

/** A number that is valid, and the same for the same index: 617-555-… and on. */
export const phoneOf = (index: number, areaCode = 617): string =>
  `+1${areaCode}${String(2_000_000 + index).padStart(7, '0')}`;

let seeds = 0;

/** Patients in the database, written as an import writes them. @returns their ids, in order */
export async function seedPatients(store: Store, patients: readonly SeedPatient[], at: Date): Promise<number[]> {
  seeds += 1;
  const externalId = (index: number): string => `seed-${seeds}-${index}`;
  await store.patients.addAll(
    patients.map(({ phone, zones }, index) => ({
      externalId: externalId(index),
      firstName: `Ana${index}`,
      lastName: 'Lima',
      phone,
      zones,
      zonesFrom: 'file',
    })),
    at,
  );
  const rows = await store.patients.byExternalIds(patients.map((_, index) => externalId(index)));
  const ids = new Map(rows.map(({ externalId: key, id }) => [key, id]));
  return patients.map((_, index) => ids.get(externalId(index)) ?? 0);
}

export interface SeedCampaign {
  readonly patients: readonly SeedPatient[];
  readonly text: string;
  readonly atClose?: 'CARRY_OVER' | 'EXPIRE';
}

/** A campaign that runs, as a sender and a reviewer would have started it. */
export async function seedCampaign(
  store: Store,
  { patients, text, atClose = 'CARRY_OVER' }: SeedCampaign,
  at: Date,
): Promise<number> {
  const patientIds = await seedPatients(store, patients, at);
  const name = `Campaign ${seeds}`;
  const variants = [{ language: 'default', text }];
  const { versionId } = await store.templates.addVersion({
    name,
    key: name,
    createdBy: 'U0SEED',
    at,
    variants,
    replies: [],
  });
  const { id } = await store.campaigns.create({
    key: name,
    templateVersionId: versionId,
    audience: '{}',
    requestedBy: 'U0SEED',
    startAt: null,
    atClose,
    createdAt: at,
  });
  const zoneSets = [...new Set(patients.map(({ zones }) => zones))];
  await store.transaction(async (tx) => {
    const recipients = patients.map(({ phone, zones }, index) => ({
      patientId: patientIds[index] ?? 0,
      phone,
      text,
      textKey: `${name}:${text.length}`,
      segments: 1,
      zones,
    }));
    const run = { campaignId: id, run: 'seed' };
    await tx.campaigns.beginFreezing(run);
    await tx.recipients.addMessages(run, recipients, at);
    const recipientCount = patients.length;
    const counted = { recipients: recipientCount, approvalsNeeded: 0, zoneSets, preview: '{}', frozenAt: at };
    await tx.campaigns.endFreezing(run, { contentHash: 'seed', ...counted });
    await tx.campaigns.move(id, { from: 'DRAFT', to: 'RUNNING', startedAt: at });
  });
  return id;
}
