// npm run client:build [-- folder]: the live client (web/client) as an npm package, by default in dist/client. Publish or copy that folder.
import { spawnSync } from 'node:child_process';
import { copyFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { productNode, ROOT } from './prepare.mjs';

const target = resolve(process.argv[2] ?? join(ROOT, 'dist', 'client'));
const read = (file) => JSON.parse(readFileSync(join(ROOT, file), 'utf8'));

rmSync(target, { recursive: true, force: true });
const args = ['node_modules/typescript/bin/tsc', '-p', 'web/client/tsconfig.build.json', '--outDir', target];
if (spawnSync(productNode(), args, { cwd: ROOT, stdio: 'inherit' }).status !== 0) {
  console.error('The client was not built: see above.');
  process.exit(1);
}

// Versions are those of the repository, which is what the client is tested with.
const { version, dependencies, devDependencies } = read('package.json');
const manifest = read('web/client/package.json');
const known = { ...devDependencies, ...dependencies };
const pinned = Object.keys(manifest.dependencies).map((name) => [name, known[name]]);
const complete = { ...manifest, version, dependencies: Object.fromEntries(pinned) };
writeFileSync(join(target, 'package.json'), `${JSON.stringify(complete, null, 2)}\n`);
for (const [from, to] of [
  ['web/client/README.md', 'README.md'],
  ['LICENSE', 'LICENSE'],
])
  copyFileSync(join(ROOT, from), join(target, to));
console.log(`concierge-client ${version} is in ${target}.`);
