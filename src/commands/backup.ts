import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { clockOf } from '../clock';
import { type Environment, readStorageConfig } from '../config';
import { storageOf } from '../storage';
import { openConnection } from '../store/connection';
import { copyDatabase } from '../store/copy';
import { placeOf } from '../store/database';
import { Shelf } from '../store/shelf';
import { putOnRecord } from './on-record';

/** `backup [FILE]`: a consistent copy of the database, which may be in use; looked through before it is called one. */
export async function backUp(env: Environment, [file]: readonly string[]): Promise<number> {
  const config = readStorageConfig(env);
  const { key, backupDir } = storageOf(config);
  const clock = await clockOf(config.CLOCK_URL);
  const target = file === undefined ? new Shelf(backupDir).pathFor(clock.now()) : resolve(file);
  copyDatabase(placeOf(config.DATABASE_URL, { key }), target);
  const copy = openConnection({ path: target, key }, { readonly: true });
  const verdict = copy.pragma('integrity_check', { simple: true });
  copy.close();
  if (verdict !== 'ok') {
    console.error(`The backup ${target} is damaged: the database may be, too. Run: npm run doctor`);
    return 1;
  }
  const detail = { encrypted: key !== undefined };
  await putOnRecord({ url: config.DATABASE_URL, key }, { at: clock.now(), action: 'database.backup', detail });
  const size = (statSync(target).size / 1e6).toFixed(1);
  console.log(`${target}  ${size} MB, whole${key === undefined ? ', not encrypted' : ', encrypted'}`);
  return 0;
}
