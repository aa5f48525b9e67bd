// node scripts/migrations.mjs check          do the migrations lead to schema.prisma?
// node scripts/migrations.mjs make <name>    write the migration that is missing
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { migrationsDir, pendingSql } from './schema-engine.mjs';

const [, , verb, name] = process.argv;
const sql = await pendingSql();

if (verb === 'make') {
  if (!name) throw new Error('Give the migration a name: node scripts/migrations.mjs make <name>');
  if (!sql) console.log('Nothing to do: the migrations lead to schema.prisma.');
  else {
    const stamp = new Date().toISOString().replace(/\D/g, '').slice(0, 14);
    const dir = join(migrationsDir, `${stamp}_${name}`);
    mkdirSync(dir, { recursive: true });
    writeFileSync(join(dir, 'migration.sql'), sql);
    writeFileSync(join(migrationsDir, 'migration_lock.toml'), 'provider = "sqlite"\n');
    console.log(`Wrote prisma/migrations/${stamp}_${name}/migration.sql`);
  }
} else if (sql) {
  console.error(`The migrations do not lead to schema.prisma. Missing:\n\n${sql}`);
  console.error('Make it with: node scripts/migrations.mjs make <name>');
  process.exit(1);
} else {
  console.log('Migrations match schema.prisma.');
}
