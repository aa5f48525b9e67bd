// Prisma's schema engine as WebAssembly, from npm alone: no binary is downloaded.
import { readFileSync, readdirSync, existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const require = createRequire(import.meta.url);
export const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const schemaPath = join(root, 'prisma/schema.prisma');
export const migrationsDir = join(root, 'prisma/migrations');

/** The engine hands a whole migration to executeRaw; better-sqlite3 prepares single statements only. */
function takingScripts(factory) {
  const connect = factory.connectToShadowDb.bind(factory);
  factory.connectToShadowDb = async () => {
    const shadow = await connect();
    const single = shadow.executeRaw.bind(shadow);
    shadow.executeRaw = async (query) =>
      query.args.length ? single(query) : (await shadow.executeScript(query.sql), 0);
    const read = shadow.queryRaw.bind(shadow);
    // The engine asks for a partial index's SQL with its name in double quotes, which better-sqlite3 takes for a column's.
    shadow.queryRaw = async (query) =>
      read({ ...query, sql: query.sql.replace(/(\bname\s*=\s*)"([\w$]+)"/g, "$1'$2'") });
    return shadow;
  };
  return factory;
}

async function openEngine() {
  const dir = join(root, 'node_modules/@prisma/schema-engine-wasm');
  const engine = await import(pathToFileURL(join(dir, 'schema_engine_bg.js')).href);
  const wasm = await WebAssembly.compile(readFileSync(join(dir, 'schema_engine_bg.wasm')));
  const instance = await WebAssembly.instantiate(wasm, { './schema_engine_bg.js': engine });
  engine.__wbg_set_wasm(instance.exports);
  instance.exports.__wbindgen_start();
  const { bindMigrationAwareSqlAdapterFactory } = require('@prisma/driver-adapter-utils');
  const { PrismaBetterSqlite3 } = require('@prisma/adapter-better-sqlite3');
  const adapter = bindMigrationAwareSqlAdapterFactory(takingScripts(new PrismaBetterSqlite3({ url: ':memory:' })));
  const content = readFileSync(schemaPath, 'utf8');
  return engine.SchemaEngine.new({ datamodels: [[schemaPath, content]] }, () => {}, adapter);
}

function migrationsList() {
  const names = existsSync(migrationsDir)
    ? readdirSync(migrationsDir, { withFileTypes: true })
        .filter((d) => d.isDirectory())
        .map((d) => d.name)
        .sort()
    : [];
  return {
    baseDir: migrationsDir,
    lockfile: { path: 'migration_lock.toml', content: 'provider = "sqlite"\n' },
    shadowDbInitScript: '',
    migrationDirectories: names.map((name) => ({
      path: name,
      migrationFile: {
        path: 'migration.sql',
        content: { tag: 'ok', value: readFileSync(join(migrationsDir, name, 'migration.sql'), 'utf8') },
      },
    })),
  };
}

/** The SQL that leads from the migrations to schema.prisma; null when they agree. */
export async function pendingSql() {
  const engine = await openEngine();
  const migrations = migrationsList();
  const { stdout, exitCode } = await engine.diff({
    from: migrations.migrationDirectories.length ? { tag: 'migrations', ...migrations } : { tag: 'empty' },
    to: { tag: 'schemaDatamodel', files: [{ path: schemaPath, content: readFileSync(schemaPath, 'utf8') }] },
    script: true,
    exitCode: true,
    shadowDatabaseUrl: null,
    filters: { externalTables: [], externalEnums: [] },
  });
  return exitCode === 2 ? stdout : null;
}
