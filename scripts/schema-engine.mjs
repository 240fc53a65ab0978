#!/usr/bin/env node
// Stands in for Prisma's schema-engine binary: the same engine as WebAssembly from npm, spoken to in JSON-RPC lines.
import { readFileSync, writeSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { canConnect, createDatabase, createEngine, engineVersion, panic } from './schema-engine-wasm.mjs';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  strict: false,
  options: {
    datamodels: { type: 'string', multiple: true },
    datasource: { type: 'string' },
    'enabled-preview-features': { type: 'string' },
    'extension-types': { type: 'string' },
  },
});
const datasource = values.datasource ? JSON.parse(values.datasource) : {};

/** Prisma reads JSON log lines on stderr and shows the last ERROR. It drops the first line: to it, the failed command. */
function logError(code, message) {
  const fields = { error_code: code, message };
  writeSync(2, `\n${JSON.stringify({ level: 'ERROR', target: 'schema_engine::logger', fields })}\n`);
}

async function runCli(command) {
  try {
    if (command === 'can-connect-to-database') await canConnect(datasource.url);
    else if (command === 'create-database') await createDatabase(datasource.url);
    else throw new Error(`Unknown command: ${command}`);
    return 0;
  } catch (error) {
    logError(error.code === '3D000' ? 'P1003' : 'P1001', error.message);
    return 1;
  }
}

/** Names that differ between the RPC protocol and the WASM class. */
const RENAMED = { getDatabaseVersion: 'version' };

/** The WASM build opens its shadow database for devDiagnostic only; these calls use the schema that it then remembers. */
const NEED_HISTORY = new Set(['evaluateDataLoss', 'createMigration']);

async function call(engine, method, params) {
  if (method === 'createDatabase') return createDatabase(datasource.url);
  if (NEED_HISTORY.has(method)) {
    const { migrationsList, filters } = params;
    await engine.devDiagnostic({ migrationsList, filters });
  }
  const name = RENAMED[method] ?? method;
  if (typeof engine[name] !== 'function') throw new Error(`The schema engine has no method ${method}.`);
  return (await engine[name](params ?? undefined)) ?? {};
}

/** The binary prints a diff instead of returning it; the CLI answers each print, which is ignored here. */
function print(content) {
  process.stdout.write(
    `${JSON.stringify({ jsonrpc: '2.0', id: 'print', method: 'print', params: { content } })}\n`,
  );
}

async function answer(engine, request) {
  const reply = { jsonrpc: '2.0', id: request.id };
  try {
    const result = await call(await engine, request.method, request.params);
    if (request.method === 'diff' && result.stdout) print(result.stdout);
    return { ...reply, result };
  } catch (error) {
    const data = {
      message: panic.message || error.message,
      error_code: error.code,
      meta: error.meta ?? null,
    };
    return { ...reply, error: { code: 4466, message: 'An error happened.', data } };
  }
}

async function serve() {
  const datamodels = (values.datamodels ?? []).map((file) => [file, readFileSync(file, 'utf8')]);
  const engine = createEngine(datasource, datamodels);
  for await (const line of createInterface({ input: process.stdin })) {
    if (!line.trim()) continue;
    const request = JSON.parse(line);
    if (!request.method) continue;
    process.stdout.write(`${JSON.stringify(await answer(engine, request))}\n`);
  }
}

// A Rust panic ends the WebAssembly module outside every call.
process.on('uncaughtException', (error) => {
  logError(undefined, panic.message || error.message);
  process.exit(1);
});

if (process.argv[2] === '--version') {
  console.log(`schema-engine-cli ${engineVersion}`);
  process.exit(0);
}
if (positionals[0] === 'cli') process.exit(await runCli(positionals[1]));
await serve();
process.exit(0);
