import { createReadStream } from 'node:fs';
import Papa from 'papaparse';
import { openDatabase } from '../../src/store/database';

const BATCH = 1_000;

/** Prisma's createMany and papaparse alone, into the app's own table; nothing looked at. */
async function main(): Promise<void> {
  const [path = '', folder = ''] = process.argv.slice(2);
  const { client } = openDatabase(`file:${folder}/create-many.db`);
  const at = new Date();
  const began = performance.now();
  let rows = 0;
  let data: { externalId: string; phone: string; firstName: string; lastName: string }[] = [];
  const flush = async (): Promise<void> => {
    await client.patient.createMany({
      data: data.map((one) => ({ ...one, zones: 'America/New_York', zonesFrom: 'zip', createdAt: at, updatedAt: at })),
    });
    data = [];
  };
  for await (const row of createReadStream(path).pipe(Papa.parse(Papa.NODE_STREAM_INPUT, {}))) {
    const [, phone = '', firstName = '', lastName = ''] = row as string[];
    // The file has ids twice, which createMany does not take.
    if (rows > 0) data.push({ externalId: String(rows), phone, firstName, lastName });
    rows += 1;
    if (data.length === BATCH) await flush();
  }
  await flush();
  process.send?.({ ms: performance.now() - began, rows: rows - 1 });
  await client.$disconnect();
}

void main();
