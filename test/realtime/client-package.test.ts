import { execFile, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { openDesk, type Desk } from '../support/desk.js';
import { eventTypes } from '../support/ticket-rows.js';

const run = promisify(execFile);
const ROOT = resolve(import.meta.dirname, '../..');
const DEPENDENCIES = ['socket.io-client', 'openapi-fetch'];

let desk: Desk;
/** A project of somebody else, with the package installed. */
let project: string;
beforeAll(async () => {
  desk = await openDesk();
  project = mkdtempSync(join(tmpdir(), 'client-package-'));
  const installed = join(project, 'node_modules', 'concierge-client');
  await run(process.execPath, ['scripts/client-package.mjs', installed], { cwd: ROOT });
  for (const name of DEPENDENCIES) {
    const link = join(project, 'node_modules', name);
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync(join(ROOT, 'node_modules', name), link);
  }
  writeFileSync(join(project, 'package.json'), JSON.stringify({ type: 'module' }));
});
afterAll(async () => {
  await desk.close();
  rmSync(project, { recursive: true, force: true });
});

/** The program that the package's README prints. */
function program(): string {
  const readme = readFileSync(join(ROOT, 'web/client/README.md'), 'utf8');
  return /```js\n([\s\S]*?)```/.exec(readme)![1]!;
}

it('lists the packages that its files import, in the versions of this repository', () => {
  const manifest = JSON.parse(
    readFileSync(join(project, 'node_modules/concierge-client/package.json'), 'utf8'),
  );
  const { version, dependencies, devDependencies } = JSON.parse(
    readFileSync(join(ROOT, 'package.json'), 'utf8'),
  );
  const ours = { ...devDependencies, ...dependencies };
  expect(manifest).toMatchObject({ name: 'concierge-client', version });
  expect(manifest.dependencies).toEqual(Object.fromEntries(DEPENDENCIES.map((name) => [name, ours[name]])));
});

it('runs the program of its README in plain Node: a ticket, a message and its events', async () => {
  writeFileSync(join(project, 'program.js'), program());
  const env = { ...process.env, DESK_URL: desk.server.url };
  const { stdout } = await run(process.execPath, ['program.js'], { cwd: project, env });
  expect(stdout.trim().split('\n')).toEqual(['1 ticket.created', '2 message.posted']);
  const { rows } = await desk.db.query<{ id: string }>(
    'SELECT id FROM tickets ORDER BY created_at DESC LIMIT 1',
  );
  expect(await eventTypes(desk.db, rows[0]!.id)).toEqual(['ticket.created', 'message.posted']);
});

it('has types: what an event of a type holds is known, and what it does not hold is refused', () => {
  const head = `import { createConnection } from 'concierge-client';
const connection = createConnection({ url: 'http://localhost' });
connection.ticket('id', { onReset: async () => undefined, onEvents(events) {
  for (const event of events) if (event.type === 'message.posted') console.log(`;
  const options = { strict: true, noEmit: true, target: 'es2024', module: 'nodenext', types: [] };
  const lib = ['es2024', 'dom', 'dom.iterable'];
  const check = (name: string, field: string) => {
    writeFileSync(join(project, `${name}.ts`), `${head}${field});\n} });\n`);
    writeFileSync(
      join(project, `${name}.json`),
      JSON.stringify({ compilerOptions: { ...options, lib }, files: [`${name}.ts`] }),
    );
    const tsc = join(ROOT, 'node_modules/typescript/bin/tsc');
    const { status, stdout } = spawnSync(process.execPath, [tsc, '-p', `${name}.json`], {
      cwd: project,
      encoding: 'utf8',
    });
    return status === 0 ? 'no error' : stdout;
  };
  expect(check('right', 'event.content')).toBe('no error');
  expect(check('wrong', 'event.colour')).toContain("Property 'colour' does not exist");
});
