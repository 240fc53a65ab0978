// npm run doctor: installs and builds what changed, then tries each configured part for real (src/doctor.ts).
// An address after -- is sent a mail: npm run doctor -- you@example.org
import { spawn } from 'node:child_process';
import { build, checkNode, fail, generate, install, productEnv, productNode, ROOT } from './prepare.mjs';

try {
  checkNode();
  await install();
  await generate();
  await build();
  const child = spawn(productNode(), ['dist/doctor.js', ...process.argv.slice(2)], {
    cwd: ROOT,
    env: productEnv(),
    stdio: 'inherit',
  });
  child.once('error', fail);
  child.once('exit', (code) => process.exit(code ?? 1));
} catch (error) {
  fail(error);
}
