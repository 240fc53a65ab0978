// npm start: installs and builds what changed, then runs the product. `--watch` runs the sources and restarts on change.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { build, checkNode, fail, generate, install, productEnv, productNode, ROOT } from './prepare.mjs';

const FORWARDED = ['SIGINT', 'SIGTERM', 'SIGHUP'];
const ORPHAN_CHECK_MS = 1_000;
const WATCH = ['--watch', '--watch-path=src', '--watch-preserve-output', '--enable-source-maps'];
const FROM_SOURCE = ['--import', './scripts/typescript.mjs', 'src/main.ts'];

/** Runs the product in this terminal and ends as it ends. */
function launch(args) {
  const child = spawn(productNode(), args, { cwd: ROOT, env: productEnv(), stdio: 'inherit' });
  child.once('error', fail);
  child.once('exit', (code, signal) => {
    if (signal === null) process.exit(code);
    for (const name of FORWARDED) process.removeAllListeners(name);
    process.kill(process.pid, signal);
  });
  // Killing npm kills its shell and leaves us behind: then the product has lost its owner and stops too.
  const owner = process.ppid;
  if (process.env.npm_lifecycle_event !== undefined) {
    const timer = setInterval(() => {
      if (process.ppid === owner) return;
      clearInterval(timer);
      child.kill('SIGTERM');
    }, ORPHAN_CHECK_MS);
  }
  // A terminal's Ctrl-C reaches the child by itself; passing it on would count as a second one.
  const terminal = process.stdin.isTTY === true;
  for (const name of FORWARDED) {
    process.on(name, () => {
      if (!(terminal && name === 'SIGINT')) child.kill(name);
    });
  }
}

try {
  checkNode();
  const rest = process.argv.slice(2).filter((argument) => argument !== '--watch');
  const watch = process.argv.includes('--watch');
  await install();
  await generate();
  if (!watch) await build();
  const program = watch ? [...WATCH, ...FROM_SOURCE] : ['dist/main.js'];
  const environment = existsSync(join(ROOT, '.env')) ? ['--env-file=.env'] : [];
  launch([...environment, ...program, ...rest]);
} catch (error) {
  fail(error);
}
