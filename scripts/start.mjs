// npm start: installs and builds what changed, then runs the product. `--watch` runs the sources, builds the faces again
// when they change, and restarts on change.
import { spawn } from 'node:child_process';
import { watch as watchFolder } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  build,
  buildFaces,
  checkNode,
  fail,
  generate,
  install,
  productEnv,
  productNode,
  ROOT,
} from './prepare.mjs';

const FORWARDED = ['SIGINT', 'SIGTERM', 'SIGHUP'];
const ORPHAN_CHECK_MS = 1_000;
const WATCHED = ['src', 'web/widget/dist', 'web/dashboard/dist'];
const WATCH = ['--watch', ...WATCHED.map((path) => `--watch-path=${path}`), '--watch-preserve-output'];
const BUILT = /(^|[\\/])dist([\\/]|$)/;
/** An editor that saves, and a formatter after it, are one change. */
const PAUSE_MS = 300;
const FROM_SOURCE = ['--enable-source-maps', '--import', './scripts/typescript.mjs', 'src/main.ts'];

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
  // A terminal's Ctrl-C reaches the child by itself too: the product takes both for one signal.
  for (const name of FORWARDED) process.on(name, () => child.kill(name));
}

/** Builds the faces again while somebody works on them. What does not build is told, and the last build goes on. */
function rebuildFaces() {
  let building = false;
  let changed = false;
  const rebuild = async () => {
    changed = true;
    if (building) return;
    building = true;
    while (changed) {
      changed = false;
      await sleep(PAUSE_MS);
      await buildFaces().catch((error) => console.error(error.message));
    }
    building = false;
  };
  for (const folder of ['web', 'src/contract']) {
    watchFolder(join(ROOT, folder), { recursive: true }, (_event, name) => {
      if (!BUILT.test(name ?? '')) void rebuild();
    });
  }
}

try {
  checkNode();
  const rest = process.argv.slice(2).filter((argument) => argument !== '--watch');
  const watch = process.argv.includes('--watch');
  await install();
  await generate();
  if (watch) {
    await buildFaces();
    rebuildFaces();
  } else await build();
  const program = watch ? [...WATCH, ...FROM_SOURCE] : ['dist/main.js'];
  launch([...program, ...rest]);
} catch (error) {
  fail(error);
}
