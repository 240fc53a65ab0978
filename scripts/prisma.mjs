#!/usr/bin/env node
// Runs the Prisma CLI with the schema engine from npm (see schema-engine.mjs), so that nothing is downloaded.
import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

const MINIMUM_NODE = 24;
const require = createRequire(import.meta.url);
const engine = path.join(import.meta.dirname, 'schema-engine.mjs');

/** The Node that runs the CLI and the engine: this one, or the newer one that `npm install` brings. */
function findNode() {
  if (Number(process.versions.node.split('.')[0]) >= MINIMUM_NODE) return process.execPath;
  const folder = path.join(path.dirname(require.resolve('node/package.json')), 'bin');
  return ['node', 'node.exe'].map((name) => path.join(folder, name)).find(existsSync) ?? process.execPath;
}

// Archives lose the executable bit; a read-only checkout that kept it is fine.
try {
  chmodSync(engine, 0o755);
} catch (error) {
  if (error.code !== 'EROFS' && error.code !== 'EPERM') throw error;
}

const node = findNode();
const result = spawnSync(node, [require.resolve('prisma/build/index.js'), ...process.argv.slice(2)], {
  stdio: 'inherit',
  env: {
    ...process.env,
    // The engine starts through `/usr/bin/env node`: put the right Node first.
    PATH: `${path.dirname(node)}${path.delimiter}${process.env.PATH ?? ''}`,
    PRISMA_SCHEMA_ENGINE_BINARY: process.env.PRISMA_SCHEMA_ENGINE_BINARY ?? engine,
    PRISMA_HIDE_UPDATE_MESSAGE: '1',
    CHECKPOINT_DISABLE: '1',
  },
});
if (result.error) throw result.error;
process.exit(result.status ?? 1);
