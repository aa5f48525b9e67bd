import { Readable } from 'node:stream';
import { writeCsv } from '../../../src/domain/patient-file/csv';
import { placeOf } from '../../../src/store/database';
import { confirmImport } from '../../../src/usecases/patients/import-patients';
import { ImportThreads } from '../../../src/usecases/patients/engine/threads';
import { previewImport } from '../../../src/usecases/patients/read-import';
import { resumeImports } from '../../../src/usecases/patients/resume-imports';
import type { Ports } from '../../../src/usecases/ports';
import { phoneOf } from '../../support/patient-rows';
import { openClinic, type TestClinic } from '../../support/messages/clinic';

const FILE = Buffer.from(
  writeCsv([
    ['Patient ID', 'Mobile'],
    ['1', phoneOf(1)],
    ['2', phoneOf(2)],
  ]),
);

let clinic: TestClinic;
let ports: Ports;
let downloads: number;
beforeEach(async () => {
  clinic = await openClinic();
  downloads = 0;
  const everybody = {
    senders: 'everyone',
    responders: 'everyone',
    reviewers: new Set<string>(),
    admins: new Set<string>(),
  };
  ports = {
    ...clinic.ports,
    imports: new ImportThreads(placeOf(`file:${clinic.file}`)),
    directory: { roles: () => Promise.resolve(everybody as Awaited<ReturnType<Ports['directory']['roles']>>) },
    room: {
      ...clinic.ports.room,
      openFile: () => {
        downloads += 1;
        return Promise.resolve({ name: 'p.csv', size: FILE.length, permalink: null, bytes: Readable.from([FILE]) });
      },
    },
  };
});
afterEach(async () => {
  await ports.imports.stop();
  await clinic.close();
});

const begin = async (): Promise<number> => {
  const place = { channel: 'C0IMPORTS', threadTs: '1.1', requestedBy: 'U1' };
  const file = { key: 'file:F1', fileName: 'p.csv', fileId: 'F1' };
  return (await ports.store.imports.begin({ ...file, ...place, createdAt: clinic.clock.now() })) ?? 0;
};

test('a file that comes while a new process goes on with what the former has left is read once, and none of it is lost', async () => {
  const id = await begin();
  await Promise.all([previewImport(ports, id), resumeImports(ports), previewImport(ports, id)]);
  expect(downloads).toBe(1);
  await confirmImport(ports, id, 'U1');
  expect(await ports.store.patients.count()).toBe(2);
});

test('what is nowhere any more is not said to be imported: it is read again', async () => {
  const id = await begin();
  await previewImport(ports, id);
  await ports.imports.dropRows(id);
  await expect(confirmImport(ports, id, 'U1')).rejects.toMatchObject({ code: 'IMPORT_STALE' });
  expect((await ports.store.imports.byId(id))?.state).not.toBe('APPLIED');
});
