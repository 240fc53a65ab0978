// Builds a part of web/ as an npm package: its files compiled with their types, its manifest in the version of the repository.
import { spawnSync } from 'node:child_process';
import { copyFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { productNode, ROOT } from './prepare.mjs';

const read = (file) => JSON.parse(readFileSync(join(ROOT, file), 'utf8'));

/** `source` is the folder with package.json, tsconfig.build.json and README.md; `target` where the package goes. */
export function buildPackage(source, target) {
  const folder = resolve(target);
  rmSync(folder, { recursive: true, force: true });
  const compiler = 'node_modules/typescript/bin/tsc';
  const args = [compiler, '-p', join(source, 'tsconfig.build.json'), '--outDir', folder];
  if (spawnSync(productNode(), args, { cwd: ROOT, stdio: 'inherit' }).status !== 0) {
    console.error(`${source} was not built: see above.`);
    process.exit(1);
  }
  // Versions are those of the repository, which is what the package is tested with.
  const { version, dependencies, devDependencies } = read('package.json');
  const manifest = read(join(source, 'package.json'));
  const known = { ...devDependencies, ...dependencies };
  const pinned = Object.keys(manifest.dependencies ?? {}).map((name) => [name, known[name]]);
  const complete = {
    ...manifest,
    version,
    ...(pinned.length > 0 && { dependencies: Object.fromEntries(pinned) }),
  };
  writeFileSync(join(folder, 'package.json'), `${JSON.stringify(complete, null, 2)}\n`);
  copyFileSync(join(ROOT, source, 'README.md'), join(folder, 'README.md'));
  copyFileSync(join(ROOT, 'LICENSE'), join(folder, 'LICENSE'));
  console.log(`${manifest.name} ${version} is in ${folder}.`);
}
