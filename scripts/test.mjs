// npm test: installs what is missing, runs Jest under the product's Node and ends with `N passed, N failed[, N skipped]`.
// Arguments go to Jest: npm test -- --selectProjects unit
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build, checkNode, fail, generate, install, productEnv, productNode, ROOT } from './prepare.mjs';

const LINGER_MS = 30_000;
const LISTED_SKIPS = 40;
const NODE_ARGS = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning'];

/** Runs Jest; resolves with its exit code, or with a sentence when it had to be stopped. */
async function runJest(args, resultFile) {
  const jest = ['node_modules/jest/bin/jest.js', '--json', `--outputFile=${resultFile}`, ...args];
  const child = spawn(productNode(), [...NODE_ARGS, ...jest], {
    cwd: ROOT,
    env: productEnv(),
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  for (const name of ['SIGINT', 'SIGTERM']) process.on(name, () => child.kill(name));
  let lingering;
  let stopped = false;
  const watch = setInterval(() => {
    if (lingering !== undefined || !existsSync(resultFile)) return;
    lingering = setTimeout(() => {
      stopped = true;
      child.kill('SIGKILL');
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

/** Counts a run; a suite that could not even load counts as one failure. */
function summarize(resultFile, code) {
  if (!existsSync(resultFile)) {
    console.log('\nJest stopped before it had results; the reason is above.');
    return { passed: 0, failed: 1, skipped: 0 };
  }
  const result = JSON.parse(readFileSync(resultFile, 'utf8'));
  const broken = result.numRuntimeErrorTestSuites ?? 0;
  const counts = {
    passed: result.numPassedTests,
    failed: result.numFailedTests + broken,
    skipped: result.numPendingTests + result.numTodoTests,
  };
  if (typeof code === 'string') console.log(`\n${code}`);
  if (code !== 0 && counts.failed === 0) counts.failed = result.numTotalTests === 0 ? 0 : 1;
  listSkipped(result);
  if (result.numTotalTests === 0 && counts.failed === 0)
    console.log('\nNo test ran: nothing matches these arguments.');
  return counts;
}

/** Names each skipped test; by our convention its title says in brackets why. */
function listSkipped(result) {
  const skipped = result.testResults.flatMap(({ name, assertionResults }) =>
    assertionResults
      .filter(({ status }) => status === 'pending' || status === 'todo')
      .map(({ fullName }) => `  ${name.slice(ROOT.length + 1)}: ${fullName}`),
  );
  if (skipped.length === 0) return;
  const more = skipped.length - LISTED_SKIPS;
  console.log(`\nSkipped:\n${skipped.slice(0, LISTED_SKIPS).join('\n')}`);
  if (more > 0) console.log(`  and ${more} more`);
}

const folder = mkdtempSync(join(tmpdir(), 'concierge-test-'));
try {
  checkNode();
  await install();
  await generate();
  await build();
  const resultFile = join(folder, 'result.json');
  const code = await runJest(process.argv.slice(2), resultFile);
  const { passed, failed, skipped } = summarize(resultFile, code);
  console.log(`\n${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
  process.exitCode = failed > 0 || passed === 0 || code !== 0 ? 1 : 0;
} catch (error) {
  rmSync(folder, { recursive: true, force: true });
  fail(error);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
