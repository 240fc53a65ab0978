// Brings a checkout into a runnable state: packages, Prisma client, build. Each step runs only when its inputs changed.
// Must load on any Node with ES modules and use nothing but built-ins: it is what installs the rest.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

const OLDEST_NODE = 20;
const PRODUCT_NODE = 24;
const QUIET_MS = 2_000;
const REMIND_MS = 15_000;
const WINDOWS = process.platform === 'win32';

/** The checkout. */
export const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
const STAMPS = join(ROOT, 'node_modules', '.concierge');
const LOCK_FILE = join(ROOT, 'package-lock.json');

/** A failure whose message tells the reader what to do next. */
export class PrepareError extends Error {}

/** Stops with a plain sentence on a Node that is too old for the installation. */
export function checkNode() {
  if (Number(process.versions.node.split('.')[0]) >= OLDEST_NODE) return;
  throw new PrepareError(
    `Concierge needs Node ${OLDEST_NODE} or newer; this is ${process.versions.node}.\n` +
      'Install a current one from https://nodejs.org and run the same command again.',
  );
}

/** The Node that runs the product: the one that npm installed here, else this one when it is new enough. */
export function productNode() {
  const local = join(ROOT, 'node_modules', 'node', 'bin', WINDOWS ? 'node.exe' : 'node');
  if (existsSync(local)) return local;
  if (Number(process.versions.node.split('.')[0]) >= PRODUCT_NODE) return process.execPath;
  throw new PrepareError(
    `Node ${PRODUCT_NODE} is missing from node_modules: npm was probably told not to run install scripts.\n` +
      `Run \`npm rebuild node\`, or install Node ${PRODUCT_NODE} yourself, and try again.`,
  );
}

/** The environment for child processes in which `node` is the product's Node. */
export function productEnv() {
  return { ...process.env, PATH: dirname(productNode()) + delimiter + (process.env.PATH ?? '') };
}

/** `npm ci`, when package-lock.json differs from what is installed. */
export async function install() {
  const lock = hashOf([LOCK_FILE]);
  if (readStamp('install') === lock) return;
  if (!installedMatchesLock()) await runNpmCi();
  writeStamp('install', lock);
}

/** The Prisma client, when the schema changed. */
export async function generate() {
  await whenChanged({
    name: 'generate',
    label: 'Generating the database client',
    inputs: ['prisma', 'prisma.config.ts', 'package-lock.json'],
    output: 'src/platform/database/generated/client.ts',
    args: ['scripts/prisma.mjs', 'generate'],
  });
}

/** dist/, when its sources changed. */
export async function buildServer() {
  await whenChanged({
    name: 'server',
    label: 'Building the server',
    inputs: ['src', '.swcrc', 'nest-cli.json', 'tsconfig.json', 'tsconfig.build.json', 'package-lock.json'],
    output: 'dist/main.js',
    args: ['node_modules/@nestjs/cli/bin/nest.js', 'build'],
  });
}

/** The web faces, when their sources changed. */
export async function buildFaces() {
  for (const face of ['widget', 'dashboard']) {
    if (!existsSync(join(ROOT, `web/${face}/vite.config.ts`))) continue;
    await whenChanged({
      name: face,
      label: `Building the ${face}`,
      inputs: ['web', 'src/contract', 'tsconfig.json', 'package-lock.json'],
      output: `web/${face}/dist`,
      args: ['node_modules/vite/bin/vite.js', 'build', `web/${face}`, '--logLevel', 'warn'],
    });
  }
}

/** All that ships. */
export async function build() {
  await buildServer();
  await buildFaces();
}

/** Runs a program to its end; its output is shown only if it fails, its progress only if it takes long. */
export async function run(label, command, args, env = process.env) {
  const started = Date.now();
  const seconds = () => `${Math.round((Date.now() - started) / 1000)} s`;
  const child = spawn(command, args, { cwd: ROOT, env, stdio: ['ignore', 'pipe', 'pipe'], shell: false });
  const output = [];
  child.stdout.on('data', (chunk) => output.push(chunk));
  child.stderr.on('data', (chunk) => output.push(chunk));
  let shown = false;
  const first = setTimeout(() => {
    shown = true;
    console.log(`${label}…`);
  }, QUIET_MS);
  const remind = setInterval(() => console.log(`  still at it, ${seconds()} so far`), REMIND_MS);
  const code = await new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (status, signal) => resolve(signal ?? status));
  }).finally(() => {
    clearTimeout(first);
    clearInterval(remind);
  });
  if (code !== 0) throw new PrepareError(`${Buffer.concat(output).toString().trim()}\n\n${label}: failed.`);
  if (shown) console.log(`  done in ${seconds()}`);
}

async function runNpmCi() {
  const args = ['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'];
  const npmCli = process.env.npm_execpath;
  // npm ci replaces node_modules, our own Node with it: run npm with the Node outside.
  const [command, first] = npmCli?.endsWith('.js') ? [outerNode(), [npmCli]] : ['npm', []];
  // npm 10 does not know allowScripts: with these, two install scripts stay inside the house.
  const quiet = {
    SCARF_ANALYTICS: 'false',
    PRISMA_SCHEMA_ENGINE_BINARY: join(ROOT, 'scripts', 'schema-engine.mjs'),
  };
  try {
    await run('Installing packages (the first time takes a minute or two)', command, [...first, ...args], {
      ...process.env,
      ...quiet,
    });
  } catch (error) {
    if (!(error instanceof PrepareError)) throw error;
    throw new PrepareError(
      `${error.message}\nCheck that this machine reaches the npm registry (\`npm ping\`) and try again.`,
    );
  }
}

/** The first `node` of PATH that does not live in this checkout. */
function outerNode() {
  const name = WINDOWS ? 'node.exe' : 'node';
  const found = (process.env.PATH ?? '')
    .split(delimiter)
    .filter((folder) => folder !== '' && !folder.startsWith(ROOT + sep))
    .map((folder) => join(folder, name))
    .find((file) => existsSync(file));
  return found ?? process.execPath;
}

/** True when npm's own record of node_modules lists each package of the lock file (optional ones may be absent). */
function installedMatchesLock() {
  try {
    const wanted = JSON.parse(readFileSync(LOCK_FILE, 'utf8')).packages;
    const record = join(ROOT, 'node_modules', '.package-lock.json');
    const present = JSON.parse(readFileSync(record, 'utf8')).packages;
    return Object.entries(wanted).every(([path, entry]) => {
      if (path === '') return true;
      const here = present[path];
      return here === undefined ? entry.optional === true : here.version === entry.version;
    });
  } catch (error) {
    if (error.code === 'ENOENT') return false;
    throw error;
  }
}

async function whenChanged({ name, label, inputs, output, args }) {
  const fingerprint = hashOf(inputs.map((input) => join(ROOT, input)).flatMap(filesUnder));
  if (readStamp(name) === fingerprint && existsSync(join(ROOT, output))) return;
  rmSync(join(STAMPS, name), { force: true });
  await run(label, productNode(), args, productEnv());
  writeStamp(name, fingerprint);
}

function filesUnder(path) {
  if (!existsSync(path)) return [];
  const entries = readdirSafely(path);
  if (entries === undefined) return [path];
  return entries
    .filter(({ name }) => name !== 'dist' && name !== 'node_modules' && !name.endsWith('.spec.ts'))
    .map(({ name }) => join(path, name))
    .sort()
    .flatMap(filesUnder);
}

/** The entries of a folder; nothing for a file. */
function readdirSafely(path) {
  try {
    return readdirSync(path, { withFileTypes: true });
  } catch (error) {
    if (error.code === 'ENOTDIR') return undefined;
    throw error;
  }
}

function hashOf(files) {
  const hash = createHash('sha256');
  for (const file of files) {
    const content = readFileSync(file);
    hash.update(`${file.slice(ROOT.length)} ${content.length}\n`).update(content);
  }
  return hash.digest('hex');
}

function readStamp(name) {
  const file = join(STAMPS, name);
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
}

function writeStamp(name, value) {
  mkdirSync(STAMPS, { recursive: true });
  writeFileSync(join(STAMPS, name), value);
}

/** Ends the process with the sentence of a PrepareError; anything else is a fault of ours and keeps its stack. */
export function fail(error) {
  console.error(error instanceof PrepareError ? `\n${error.message}` : error);
  process.exit(1);
}
