// npm test: installs what is missing, runs Jest under the product's Node and ends with `N passed, N failed[, N skipped]`.
// Arguments go to Jest: npm test -- --selectProjects unit
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  buildFaces,
  buildServer,
  checkNode,
  fail,
  generate,
  install,
  productEnv,
  productNode,
  ROOT,
} from './prepare.mjs';

/** Windows has no process groups. */
const GROUPS = process.platform !== 'win32';
const LINGER_MS = 30_000;
const LISTED_SKIPS = 40;
const NODE_ARGS = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning'];

/** Runs Jest; resolves with its exit code, or with a sentence when it had to be stopped. */
async function runJest(args, summaryFile) {
  const child = spawn(productNode(), [...NODE_ARGS, 'node_modules/jest/bin/jest.js', ...args], {
    cwd: ROOT,
    env: { ...productEnv(), CONCIERGE_TEST_SUMMARY: summaryFile },
    stdio: ['ignore', 'inherit', 'inherit'],
    // A group of its own, because Jest's workers do not end with Jest.
    detached: GROUPS,
  });
  const kill = (name) => (GROUPS ? process.kill(-child.pid, name) : child.kill(name));
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(name, () => kill(name));
  let lingering;
  let stopped = false;
  const watch = setInterval(() => {
    if (lingering !== undefined || !existsSync(summaryFile)) return;
    lingering = setTimeout(() => {
      stopped = true;
      kill('SIGKILL');
    }, LINGER_MS);
  }, 500);
  const code = await new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (status) => resolve(status ?? 1));
  });
  clearInterval(watch);
  clearTimeout(lingering);
  return stopped
    ? 'Jest had its results but did not end: a test left a timer, socket or process open.'
    : code;
}

/** False when the chosen projects never look at a page of the product. */
function usesFaces(args) {
  const start = args.findIndex((argument) => argument.startsWith('--selectProjects'));
  if (start === -1) return true;
  const [, inline] = args[start].split('=');
  const rest = args.slice(start + 1);
  const end = rest.findIndex((argument) => argument.startsWith('-'));
  const projects = inline === undefined ? (end === -1 ? rest : rest.slice(0, end)) : [inline];
  return !projects.every((project) => project === 'unit' || project === 'architecture');
}

/** True when a name pattern leaves tests out on purpose. */
function isFiltered(args) {
  return args.some((argument) => /^(-t|--testNamePattern)/.test(argument));
}

/** The counts of a run; Jest failing for another reason than a test counts as one failure. */
function summarize(summaryFile, code, filtered) {
  if (!existsSync(summaryFile)) {
    console.log('\nJest stopped before it had results; the reason is above.');
    return { passed: 0, failed: 1, skipped: 0 };
  }
  const { total, passed, failed, skipped } = JSON.parse(readFileSync(summaryFile, 'utf8'));
  if (typeof code === 'string') console.log(`\n${code}`);
  if (!filtered) listSkipped(skipped);
  if (total === 0 && failed === 0) {
    console.log('\nNo test ran: nothing matches these arguments.');
    return { passed, failed, skipped: 0 };
  }
  return { passed, failed: failed === 0 && code !== 0 ? 1 : failed, skipped: skipped.length };
}

/** Names each skipped test; by our convention its title says in brackets why. */
function listSkipped(skipped) {
  if (skipped.length === 0) return;
  const lines = skipped.map(({ file, name }) => `  ${file.slice(ROOT.length + 1)}: ${name}`);
  const more = lines.length - LISTED_SKIPS;
  console.log(`\nSkipped:\n${lines.slice(0, LISTED_SKIPS).join('\n')}`);
  if (more > 0) console.log(`  and ${more} more`);
}

const args = process.argv.slice(2);
const folder = mkdtempSync(join(tmpdir(), 'concierge-test-'));
try {
  checkNode();
  await install();
  await generate();
  await buildServer();
  if (usesFaces(args)) await buildFaces();
  const summaryFile = join(folder, 'summary.json');
  const code = await runJest(args, summaryFile);
  const { passed, failed, skipped } = summarize(summaryFile, code, isFiltered(args));
  console.log(`\n${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
  process.exitCode = failed > 0 || passed === 0 || code !== 0 ? 1 : 0;
} catch (error) {
  rmSync(folder, { recursive: true, force: true });
  fail(error);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
