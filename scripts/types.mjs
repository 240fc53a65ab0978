// npm run types: TypeScript over the server, its tests and tools, then over each part of web/ (a browser has other types).
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { productNode, ROOT } from './prepare.mjs';

const PROJECTS = [
  '.',
  'web/i18n',
  'web/client',
  'web/shared',
  'web/widget',
  'web/dashboard',
  'web/dashboard/worker',
];

const failed = PROJECTS.filter((project) => existsSync(join(ROOT, project, 'tsconfig.json'))).filter(
  (project) => {
    const args = ['node_modules/typescript/bin/tsc', '--noEmit', '-p', project];
    return spawnSync(productNode(), args, { cwd: ROOT, stdio: 'inherit' }).status !== 0;
  },
);
if (failed.length > 0) {
  console.error(`Type errors in ${failed.join(', ')}.`);
  process.exitCode = 1;
}
