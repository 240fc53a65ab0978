// npm run check: everything that must hold before a change is pushed. Each step runs, then the failures are summed up.
// `-- --without tests` leaves a step out; names are those printed. Two steps run at a time, and each prints when it ends; the
// tests keep all cores busy by themselves, so they come last.
import { spawn } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { checkNode, fail, generate, install, productEnv, ROOT } from './prepare.mjs';

/** The longest first. */
const STEPS = [
  ['lint', 'lint'],
  ['format', 'format:check'],
  ['types', 'types'],
  ['import rules', 'deps'],
  ['dead code', 'knip'],
  ['language', 'language'],
  ['messages', 'i18n'],
  ['OpenAPI drift', 'openapi:check'],
  ['API types drift', 'api:check'],
  ['migration drift', 'db:check'],
  ['sizes', 'size'],
];
const TESTS = ['tests', 'test'];
const AT_ONCE = Math.min(2, availableParallelism());

/** The names given as `--without name`. */
function leftOut(args) {
  return args.filter((_, index) => args[index - 1] === '--without');
}

/** Runs one npm script and prints what it wrote, when it ends or, with `live`, at once. */
async function runStep([name, script], { live = false } = {}) {
  const started = Date.now();
  const npmCli = process.env.npm_execpath;
  const [command, first] = npmCli?.endsWith('.js') ? [process.execPath, [npmCli]] : ['npm', []];
  if (live) console.log(`\n── ${name}`);
  const child = spawn(command, [...first, 'run', '--silent', script], {
    cwd: ROOT,
    env: productEnv(),
    stdio: live ? ['ignore', 'inherit', 'inherit'] : ['ignore', 'pipe', 'pipe'],
  });
  const written = [];
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => written.push(chunk));
  const status = await new Promise((resolve) => {
    child.once('error', (error) => {
      written.push(Buffer.from(`${error.message}\n`));
      resolve(1);
    });
    child.once('close', resolve);
  });
  const seconds = ((Date.now() - started) / 1000).toFixed(1);
  const ok = status === 0;
  if (!live) process.stdout.write(`\n── ${name}\n${Buffer.concat(written)}`);
  console.log(`${ok ? 'ok' : 'FAILED'}: ${name} (${seconds} s)`);
  return { name, script, ok };
}

/** Runs the steps, `AT_ONCE` of them at a time; gives their results in the order of the steps. */
async function runSteps(steps) {
  const results = [];
  const waiting = steps.entries();
  const work = async () => {
    for (const [place, step] of waiting) results[place] = await runStep(step);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return results;
}

try {
  checkNode();
  await install();
  await generate();
  const without = leftOut(process.argv.slice(2));
  const results = await runSteps(STEPS.filter(([name]) => !without.includes(name)));
  if (!without.includes('tests')) results.push(await runStep(TESTS, { live: true }));
  const failed = results.filter(({ ok }) => !ok);
  console.log('');
  for (const { name, script } of failed) console.log(`${name} failed: npm run ${script} shows it alone`);
  console.log(`${results.length - failed.length} checks passed, ${failed.length} failed`);
  process.exitCode = failed.length > 0 ? 1 : 0;
} catch (error) {
  fail(error);
}
