// Prisma's schema engine as WebAssembly, connected to PostgreSQL by the pg driver.
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import pg from 'pg';
import { PrismaPg } from '@prisma/adapter-pg';

const require = createRequire(import.meta.url);
const { bindMigrationAwareSqlAdapterFactory, ColumnTypeEnum } = createRequire(
  require.resolve('@prisma/adapter-pg'),
)('@prisma/driver-adapter-utils');
const OID_CHAR = 18;
const OID_NAME = 19;
const OID_TEXT = 25;
const CHAR_MARK = '\u0000char';

/** The catalogue's types "char" and name, which adapter-pg cannot read, arrive as text; "char" leaves a mark. */
class CatalogueClient extends pg.Client {
  constructor(config) {
    super(config);
    this.connection.prependListener('rowDescription', ({ fields }) => {
      for (const field of fields) {
        if (field.dataTypeID === OID_CHAR) field.name += CHAR_MARK;
        if (field.dataTypeID === OID_CHAR || field.dataTypeID === OID_NAME) field.dataTypeID = OID_TEXT;
      }
    });
  }
}

/** Turns marked columns into what the engine expects of "char": a single character. */
function readingChars(queryable) {
  const queryRaw = queryable.queryRaw.bind(queryable);
  queryable.queryRaw = async (query) => {
    const result = await queryRaw(query);
    result.columnNames.forEach((name, index) => {
      if (!name.endsWith(CHAR_MARK)) return;
      result.columnNames[index] = name.slice(0, -CHAR_MARK.length);
      result.columnTypes[index] = ColumnTypeEnum.Character;
    });
    return result;
  };
  return queryable;
}

/** The URL without Prisma's own parameters (`schema`), which PostgreSQL would refuse. */
function connection(url) {
  const parsed = new URL(url);
  parsed.searchParams.delete('schema');
  return { connectionString: parsed.href, connectionTimeoutMillis: 5_000, Client: CatalogueClient };
}

function withDatabase(url, database) {
  const parsed = new URL(url);
  parsed.pathname = `/${database}`;
  return parsed.href;
}

async function withClient(url, use) {
  const client = new pg.Client(connection(url));
  await client.connect();
  try {
    return await use(client);
  } finally {
    await client.end();
  }
}

/** Adapter-pg splits scripts at every semicolon, which breaks function bodies; PostgreSQL takes them whole. */
async function openAdapter(url, onDispose = async () => {}) {
  const pool = new pg.Pool(connection(url));
  const adapter = readingChars(await new PrismaPg(pool, { disposeExternalPool: true }).connect());
  const startTransaction = adapter.startTransaction.bind(adapter);
  adapter.startTransaction = async (level) => readingChars(await startTransaction(level));
  adapter.executeScript = async (script) => {
    await pool.query(script).catch((error) => adapter.onError(error));
  };
  const dispose = adapter.dispose.bind(adapter);
  adapter.dispose = async () => {
    await dispose();
    await onDispose();
  };
  return adapter;
}

/** A fresh, empty database for every shadow, dropped with it. */
async function openShadow(url) {
  const name = `prisma_shadow_${randomUUID().replaceAll('-', '')}`;
  await withClient(url, (client) => client.query(`CREATE DATABASE "${name}" TEMPLATE template0`));
  return openAdapter(withDatabase(url, name), () =>
    withClient(url, (client) => client.query(`DROP DATABASE IF EXISTS "${name}" WITH (FORCE)`)),
  );
}

const wasmFile = require.resolve('@prisma/schema-engine-wasm/schema_engine_bg');
const wasmPackage = path.join(path.dirname(wasmFile), 'package.json');
/** The version of the engine's package, which names its commit. */
export const { version: engineVersion } = JSON.parse(readFileSync(wasmPackage, 'utf8'));

/** Where the engine leaves the message of a Rust panic, which WebAssembly itself reports only as "unreachable". */
export const panic = { message: '', set_message: (message) => (panic.message = message) };

async function loadWasm() {
  globalThis.PRISMA_WASM_PANIC_REGISTRY = panic;
  const glue = await import(pathToFileURL(wasmFile));
  const bytes = await readFile(path.join(path.dirname(wasmFile), 'schema_engine_bg.wasm'));
  const { instance } = await WebAssembly.instantiate(bytes, { './schema_engine_bg.js': glue });
  glue.__wbg_set_wasm(instance.exports);
  instance.exports.__wbindgen_start();
  return glue.SchemaEngine;
}

/** Fails unless the database answers. */
export async function canConnect(url) {
  await withClient(url, (client) => client.query('SELECT 1'));
}

/** Creates the database that the URL names, through the maintenance database `postgres`. */
export async function createDatabase(url) {
  const databaseName = decodeURIComponent(new URL(url).pathname.slice(1));
  await withClient(withDatabase(url, 'postgres'), (client) =>
    client.query(`CREATE DATABASE ${client.escapeIdentifier(databaseName)}`),
  );
  return { databaseName };
}

/** The engine with the methods of the RPC protocol; `datamodels` are [path, content] pairs. */
export async function createEngine(datasource, datamodels) {
  const SchemaEngine = await loadWasm();
  const factory = {
    provider: 'postgres',
    adapterName: '@prisma/adapter-pg',
    connect: () => openAdapter(datasource.url),
    connectToShadowDb: () => openShadow(datasource.shadowDatabaseUrl ?? datasource.url),
  };
  const options = { datamodels: datamodels.length > 0 ? datamodels : undefined };
  return SchemaEngine.new(options, () => undefined, bindMigrationAwareSqlAdapterFactory(factory));
}
