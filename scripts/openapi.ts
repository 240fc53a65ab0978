// npm run openapi writes docs/openapi.json; npm run openapi:check fails when it is not what the code says. No database.
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createApp } from '../src/app.setup.js';
import { loadConfig } from '../src/platform/config/config.js';
import { openApiDocument } from '../src/platform/http/openapi.js';

const FILE = 'docs/openapi.json';

/** Objects with their keys in order, so that moving a method in its file changes nothing. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, inner]) => [key, sorted(inner)]));
}

async function documentText(): Promise<string> {
  const secret = () => randomBytes(32).toString('base64url');
  const config = loadConfig({
    NODE_ENV: 'test',
    LOG_LEVEL: 'silent',
    DATABASE_URL: 'postgresql://nobody@127.0.0.1:1/none',
    JWT_SECRET: secret(),
    ENCRYPTION_KEY: secret(),
  });
  const app = await createApp(config);
  return `${JSON.stringify(sorted(openApiDocument(app)), null, 2)}\n`;
}

/** Prints how the committed file differs; returns whether it does. */
function isStale(text: string): boolean {
  if (existsSync(FILE) && readFileSync(FILE, 'utf8') === text) return false;
  const folder = mkdtempSync(join(tmpdir(), 'concierge-openapi-'));
  const current = join(folder, 'openapi.json');
  writeFileSync(current, text);
  spawnSync('git', ['--no-pager', 'diff', '--no-index', '--stat=80', '-p', '-U1', FILE, current], {
    stdio: 'inherit',
  });
  rmSync(folder, { recursive: true });
  return true;
}

const text = await documentText();
if (process.argv.includes('--check')) {
  if (isStale(text)) {
    process.stderr.write(`${FILE} is not what the code says. Run: npm run openapi\n`);
    process.exit(1);
  }
  process.stdout.write(`${FILE} is what the code says.\n`);
} else {
  mkdirSync('docs', { recursive: true });
  writeFileSync(FILE, text);
  process.stdout.write(`Wrote ${FILE}.\n`);
}
process.exit(0);
