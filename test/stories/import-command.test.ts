import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { wordsIn } from '../../src/sandbox/driver/blocks';
import { until } from '../../src/sandbox/driver/http';
import { CHANNELS, type Clinic, openClinic } from '../support/clinic';
import { csvOf, patients, phoneOf } from '../support/patient-rows';

/** Each run starts a process. */
jest.setTimeout(120_000);

const PROGRAM = join(__dirname, '../../dist/app/index.js');

describe('Patients come from the command line', () => {
  let clinic: Clinic;
  const folder = mkdtempSync(join(tmpdir(), 'carethread-command-'));

  const fileOf = (name: string, content: string): string => {
    const path = join(folder, name);
    writeFileSync(path, content);
    return path;
  };

  /** As a person with the server's shell runs it, beside the app. */
  const runs = (...words: string[]): Promise<{ code: number | null; says: string }> =>
    new Promise((resolve) => {
      const { PATH = '', HOME = '' } = process.env;
      const env = { PATH, HOME, DATABASE_URL: clinic.databaseUrl };
      const child = spawn(process.execPath, [PROGRAM, 'import', ...words], { env });
      let says = '';
      child.stdout.on('data', (chunk: Buffer) => (says += chunk.toString()));
      child.stderr.on('data', (chunk: Buffer) => (says += chunk.toString()));
      child.once('exit', (code) => resolve({ code, says }));
    });

  const patientsInBooks = async (): Promise<number> => {
    const { view } = await clinic.sender.opensHome();
    return Number(/\*([\d,]+) patients?\*/.exec(wordsIn(view))?.[1]);
  };

  beforeAll(async () => {
    clinic = await openClinic();
  });
  afterAll(async () => {
    await clinic.close();
    rmSync(folder, { recursive: true });
  });

  test('a dry run says what would change, and changes nothing', async () => {
    const path = fileOf('dry.csv', csvOf([...patients(3), { id: '9', mobile: '617-555-0123' }]));
    const { code, says } = await runs(path, '--dry-run');
    expect(says).toContain('3 new, 0 changed, 0 unchanged, 1 rejected');
    expect(says).toContain('reserved for fiction; nobody has them. (line 5)');
    expect(says).toContain('Dry run: nothing was saved.');
    expect(code).toBe(0);
    expect(await patientsInBooks()).toBe(0);
    const { actor, detail } = clinic.audit().at(-1)!;
    expect(actor).toMatch(/^cli:./);
    expect(JSON.parse(detail)).toEqual({ rows: 4, added: 3, changed: 0, unchanged: 0, rejected: 1 });
  });

  test('beside the running app everybody is saved, into the named group as well, and Slack finds them at once', async () => {
    const path = fileOf('march.csv', csvOf(patients(3, 'Boston')));
    const { code, says } = await runs(path, '--group', '2nd dose');
    expect(says).toContain('Saved: 3 new, 0 changed.');
    expect(code).toBe(0);
    await clinic.sender.types('/outreach patient 1001', CHANNELS.outreach);
    await clinic.sender.reads(/Pat1 R\.[\s\S]*Boston[\s\S]*2nd dose/, { channel: CHANNELS.outreach });
    await clinic.admin.types('/outreach audit', CHANNELS.outreach);
    await clinic.admin.reads(/cli\S* .*import/, { channel: CHANNELS.outreach });
  });

  test('the same file again changes nothing and says so', async () => {
    const path = fileOf('march.csv', csvOf(patients(3, 'Boston')));
    const { code, says } = await runs(path, '--group', '2ND  DOSE');
    expect(says).toContain('Nothing to do: 3 patients in the file, all known and unchanged.');
    expect(code).toBe(0);
  });

  test('rows that cannot be used lie beside the file, for its owner only, and go in once they are mended', async () => {
    const path = fileOf(
      'mixed.csv',
      csvOf([
        { id: '21', mobile: phoneOf(21) },
        { id: '22', mobile: 'none' },
      ]),
    );
    expect((await runs(path)).says).toContain('1 new, 0 changed, 0 unchanged, 1 rejected');
    const rejected = join(folder, 'mixed-rejected.csv');
    expect(statSync(rejected).mode & 0o077).toBe(0);
    const mended = fileOf('mended.csv', readFileSync(rejected, 'utf8').replace('none', phoneOf(22)));
    expect((await runs(mended)).says).toContain('Saved: 1 new, 0 changed.');
  });

  test('what cannot be read, or is not understood, is refused with what to do; nothing is left of it', async () => {
    // The Home tab follows a moment later.
    const five = async (): Promise<boolean> => (await patientsInBooks()) === 5;
    await until('five patients', five);
    expect(await runs(join(folder, 'nowhere.csv'))).toMatchObject({
      code: 1,
      says: expect.stringContaining('no file'),
    });
    const pdf = fileOf('list.pdf', '%PDF-1.7\n%âãÏÓ\n1 0 obj\n');
    expect(await runs(pdf)).toMatchObject({ code: 1, says: expect.stringContaining('This is a PDF') });
    const nameless = fileOf('nameless.csv', 'One,Two\r\nx,y\r\n');
    expect(await runs(nameless)).toMatchObject({
      code: 1,
      says: expect.stringContaining('No column with mobile numbers was found.'),
    });
    expect(await runs()).toMatchObject({ code: 2, says: expect.stringContaining('Usage: npm run import') });
    expect(await runs(pdf, '--loud')).toMatchObject({
      code: 2,
      says: expect.stringContaining("Unknown option '--loud'"),
    });
    expect(existsSync(join(folder, 'list-rejected.csv'))).toBe(false);
    await until('five patients still', five);
  });

  test('it works while the app is not running', async () => {
    await clinic.stopApp();
    const { code, says } = await runs(fileOf('night.csv', csvOf([{ id: '31', mobile: phoneOf(31), first: 'Nora' }])));
    expect(says).toContain('Saved: 1 new, 0 changed.');
    expect(code).toBe(0);
    await clinic.startApp();
    await until('Nora', async () => {
      await clinic.sender.types('/outreach patient 31', CHANNELS.outreach);
      return clinic.sender.reads('Nora', { channel: CHANNELS.outreach, timeoutMs: 5_000 }).catch(() => false);
    });
  });
});
