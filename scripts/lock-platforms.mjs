// npm run lock: completes package-lock.json with the optional packages of other platforms; `--check` only looks.
// A registry mirror that carries one platform makes npm drop the others from the lock file, and `npm ci` then refuses it.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './prepare.mjs';

const FILE = join(ROOT, 'package-lock.json');
const PLATFORM =
  /-(android|darwin|freebsd|linux|openharmony|win32)-(arm64|arm|ia32|loong64|ppc64|riscv64|s390x|x64)(?:-([a-z]+))?$/;

/** Where `name` resolves to when the package at `from` needs it; nothing when the lock file lacks it. */
function locate(packages, from, name) {
  for (let folder = from; ; folder = folder.slice(0, Math.max(folder.lastIndexOf('/node_modules/'), 0))) {
    const path = folder === '' ? `node_modules/${name}` : `${folder}/node_modules/${name}`;
    if (packages[path] !== undefined) return path;
    if (folder === '') return undefined;
  }
}

/** The entry npm would have written, read off the naming scheme of native packages; without a hash, which only the file has. */
function entryFor(name, version, parent) {
  const [, os, cpu, abi] = PLATFORM.exec(name) ?? [];
  if (os === undefined || !/^\d+\.\d+\.\d+/.test(version)) return undefined;
  const libc = os !== 'linux' ? undefined : abi?.startsWith('musl') ? ['musl'] : ['glibc'];
  return {
    version,
    cpu: [cpu],
    ...(parent.dev === true && { dev: true }),
    ...(libc && cpu !== 'arm' && { libc }),
    license: parent.license,
    optional: true,
    os: [os],
  };
}

const lock = JSON.parse(readFileSync(FILE, 'utf8'));
const added = [];
const unknown = [];
for (const [path, parent] of Object.entries(lock.packages)) {
  for (const [name, version] of Object.entries(parent.optionalDependencies ?? {})) {
    if (locate(lock.packages, path, name) !== undefined) continue;
    const entry = entryFor(name, version, parent);
    if (entry === undefined) {
      unknown.push(`${name}@${version}`);
      continue;
    }
    lock.packages[`node_modules/${name}`] = entry;
    added.push(name);
  }
}
if (unknown.length > 0) {
  console.error(`Not a name this script can read, add by hand: ${unknown.join(', ')}`);
  process.exitCode = 1;
}
if (added.length > 0 && process.argv.includes('--check')) {
  console.error(`package-lock.json lacks ${added.join(', ')}: run \`npm run lock\`.`);
  process.exit(1);
}
if (added.length > 0) {
  const byPath = ([a], [b]) => a.localeCompare(b, 'en');
  lock.packages = Object.fromEntries(Object.entries(lock.packages).sort(byPath));
  writeFileSync(FILE, `${JSON.stringify(lock, null, 2)}\n`);
}
console.log(
  added.length === 0
    ? 'package-lock.json names every platform.'
    : `Added ${added.length}: ${added.join(', ')}`,
);
