// npm run check: everything that must hold before a change is pushed. Each step runs, then the failures are summed up.
// `-- --without tests` leaves a step out; names are those printed.
import { spawnSync } from 'node:child_process';
import { checkNode, fail, generate, install, productEnv, ROOT } from './prepare.mjs';

const STEPS = [
  ['format', 'format:check'],
  ['lint', 'lint'],
  ['types', 'types'],
  ['import rules', 'deps'],
  ['dead code', 'knip'],
  ['language', 'language'],
  ['messages', 'i18n'],
  ['OpenAPI drift', 'openapi:check'],
  ['API types drift', 'api:check'],
  ['migration drift', 'db:check'],
  ['sizes', 'size'],
  ['tests', 'test'],
];

/** The names given as `--without name`. */
function leftOut(args) {
  return args.filter((_, index) => args[index - 1] === '--without');
}

/** Runs one npm script in this terminal. */
function runStep([name, script]) {
  console.log(`\n── ${name}`);
  const started = Date.now();
  const npmCli = process.env.npm_execpath;
  const [command, first] = npmCli?.endsWith('.js') ? [process.execPath, [npmCli]] : ['npm', []];
  const { status, error } = spawnSync(command, [...first, 'run', '--silent', script], {
    cwd: ROOT,
    env: productEnv(),
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  if (error) console.error(error.message);
  const seconds = ((Date.now() - started) / 1000).toFixed(1);
  const ok = status === 0;
  console.log(`${ok ? 'ok' : 'FAILED'}: ${name} (${seconds} s)`);
  return { name, script, ok };
}

try {
  checkNode();
  await install();
  await generate();
  const without = leftOut(process.argv.slice(2));
  const results = STEPS.filter(([name]) => !without.includes(name)).map(runStep);
  const failed = results.filter(({ ok }) => !ok);
  console.log('');
  for (const { name, script } of failed) console.log(`${name} failed: npm run ${script} shows it alone`);
  console.log(`${results.length - failed.length} checks passed, ${failed.length} failed`);
  process.exitCode = failed.length > 0 ? 1 : 0;
} catch (error) {
  fail(error);
}
