import { mkdirSync, mkdtempSync, existsSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import everywhere from '../../.dependency-cruiser.mjs';
import folderRules from '../../.dependency-cruiser.folders.mjs';
import { cruise, ROOT, type Violation } from './cruise.js';

/** A file that breaks one rule: `from` imports `to` (a path of the tree, a package, or nothing). */
interface Offence {
  rule: string;
  from: string;
  to?: string;
  /** What the report calls the target, when that is not `to`. */
  reported?: Partial<Violation>;
}

/** One of the two imports that make two folders need each other. */
function knot(rule: string, from: string, to: string): Offence {
  return { rule, from: `${from}/knot.ts`, to: `${to}/end.ts`, reported: { from, to } };
}

const OFFENCES: Offence[] = [
  { rule: 'contract-imports-nothing', from: 'src/contract/words.ts', to: 'src/platform/clock.ts' },
  { rule: 'platform-knows-no-ticket', from: 'src/platform/a.ts', to: 'src/domain/audit/ok.ts' },
  { rule: 'platform-knows-no-ticket', from: 'src/platform/b.ts', to: 'src/reactions/leaf/ok.ts' },
  { rule: 'domain-floor-1-imports-down', from: 'src/domain/audit/a.ts', to: 'src/domain/auth/ok.ts' },
  { rule: 'domain-floor-2-imports-down', from: 'src/domain/auth/a.ts', to: 'src/domain/staff/login/ok.ts' },
  {
    rule: 'domain-floor-3-imports-down',
    from: 'src/domain/taxonomy/a.ts',
    to: 'src/domain/staff/login/ok.ts',
  },
  {
    rule: 'domain-floor-4-imports-down',
    from: 'src/domain/staff/login/a.ts',
    to: 'src/domain/preferences/ok.ts',
  },
  {
    rule: 'domain-floor-4-imports-down',
    from: 'src/domain/event-log/a.ts',
    to: 'src/domain/transcripts/ok.ts',
  },
  {
    rule: 'domain-floor-5-imports-down',
    from: 'src/domain/tickets/working/a.ts',
    to: 'src/domain/attachments/ok.ts',
  },
  { rule: 'domain-floor-6-imports-down', from: 'src/domain/messages/a.ts', to: 'src/domain/donors/ok.ts' },
  { rule: 'domain-floor-6-imports-down', from: 'src/domain/messages/b.ts', to: 'src/domain/desk/ok.ts' },
  { rule: 'domain-floor-7-imports-down', from: 'src/domain/desk/a.ts', to: 'src/domain/delegated/ok.ts' },
  { rule: 'every-domain-room-has-a-floor', from: 'src/domain/stray/a.ts', to: 'src/platform/clock.ts' },
  { rule: 'domain-knows-no-reaction', from: 'src/domain/tickets/a.ts', to: 'src/reactions/leaf/ok.ts' },
  {
    rule: 'reactions-ignore-each-other',
    from: 'src/reactions/mail/a.ts',
    to: 'src/reactions/realtime/ok.ts',
  },
  { rule: 'only-the-roof-sees-all-floors', from: 'src/stray.ts', to: 'src/platform/clock.ts' },
  { rule: 'nothing-imports-the-roof', from: 'src/domain/staff/a.ts', to: 'src/app.setup.ts' },
  { rule: 'web-knows-only-the-contract', from: 'web/shared/a.ts', to: 'src/platform/clock.ts' },
  { rule: 'faces-ignore-each-other', from: 'web/widget/a.ts', to: 'web/dashboard/ok.ts' },
  { rule: 'faces-ignore-each-other', from: 'web/shared/b.ts', to: 'web/widget/ok.ts' },
  ...[
    ['storage', 'data/live'],
    ['i18n', 'data/live'],
    ['ui', 'features/people'],
    ['data/session', 'features/people'],
    ['features/activity', 'shell'],
  ].map(([lower, upper]) => ({
    rule: `dashboard-${lower!.split('/')[0]}-imports-down`,
    from: `web/dashboard/src/${lower}/a.ts`,
    to: `web/dashboard/src/${upper}/ok.ts`,
  })),
  {
    rule: 'every-dashboard-folder-has-a-layer',
    from: 'web/dashboard/src/stray/a.ts',
    to: 'web/dashboard/src/storage/ok.ts',
  },
  { rule: 'web-runs-in-a-browser', from: 'web/widget/b.ts', to: 'node:fs', reported: { to: 'fs' } },
  { rule: 'product-imports-no-tests', from: 'src/domain/calls/a.ts', to: 'test/support/ok.ts' },
  { rule: 'product-imports-no-tests', from: 'src/domain/calls/b.ts', to: 'src/domain/calls/ok.spec.ts' },
  {
    rule: 'product-imports-no-dev-dependency',
    from: 'src/domain/calls/c.ts',
    to: 'for-tests',
    reported: { to: 'node_modules/for-tests/index.js' },
  },
  {
    rule: 'no-unlisted-package',
    from: 'src/domain/calls/d.ts',
    to: 'unlisted',
    reported: { to: 'node_modules/unlisted/index.js' },
  },
  {
    rule: 'no-unresolvable-import',
    from: 'src/domain/calls/e.ts',
    to: 'src/domain/calls/nowhere.ts',
    reported: { to: './nowhere.js' },
  },
  { rule: 'no-orphans', from: 'src/platform/orphan.ts', reported: { to: 'src/platform/orphan.ts' } },
  { rule: 'no-cycles', from: 'src/platform/egg.ts', to: 'src/platform/hen.ts' },
  // No cycle of files, but two folders need each other.
  ...[
    ['platform', 'src/platform/mail', 'src/platform/jobs'],
    ['domain', 'src/domain/calls/rooms', 'src/domain/calls/links'],
    ['reactions', 'src/reactions/realtime/server', 'src/reactions/realtime/gateways'],
    ['web-client', 'web/client/live', 'web/client/rest'],
    ['web-shared', 'web/shared/call', 'web/shared/pages'],
    ['web-widget', 'web/widget/src/chat', 'web/widget/src/call'],
    ['web-dashboard', 'web/dashboard/src/features/calls', 'web/dashboard/src/features/ticket'],
  ].flatMap(([part, one, other]) => [
    knot(`no-cycles-between-folders-of-${part}`, one!, other!),
    knot(`no-cycles-between-folders-of-${part}`, other!, one!),
  ]),
];

/** What the house does allow; a rule that bites here is too strict. */
const ALLOWED: [from: string, to: string][] = [
  // The second half of the cycle above, which is reported once.
  ['src/platform/hen.ts', 'src/platform/egg.ts'],
  ['src/main.ts', 'src/app.setup.ts'],
  ['src/app.setup.ts', 'src/reactions/realtime/ok.ts'],
  ['src/reactions/realtime/ok.ts', 'src/reactions/realtime/rooms.ts'],
  ['src/reactions/realtime/rooms.ts', 'src/domain/tickets/ok.ts'],
  ['src/domain/tickets/ok.ts', 'src/domain/event-log/ok.ts'],
  ['src/domain/event-log/ok.ts', 'src/platform/clock.ts'],
  ['src/domain/desk/ok.ts', 'src/domain/calls/rooms/ok.ts'],
  ['src/domain/calls/rooms/ok.ts', 'src/domain/tickets/ok.ts'],
  ['src/domain/staff/login/ok.ts', 'src/domain/staff/sessions/ok.ts'],
  ['src/platform/clock.ts', 'src/contract/ok.ts'],
  // A spec may look up, and does not make a knot of two modules.
  ['src/domain/calls/ok.spec.ts', 'test/support/ok.ts'],
  ['src/domain/event-log/ok.spec.ts', 'src/domain/tickets/ok.ts'],
  ['test/support/ok.ts', 'src/app.setup.ts'],
  ['web/widget/ok.ts', 'web/shared/ok.ts'],
  ['web/dashboard/ok.ts', 'web/shared/ok.ts'],
  ['web/dashboard/src/main.ts', 'web/dashboard/src/shell/ok.ts'],
  ['web/dashboard/src/shell/ok.ts', 'web/dashboard/src/features/board/ok.ts'],
  ['web/dashboard/src/features/board/ok.ts', 'web/dashboard/src/data/session/ok.ts'],
  ['web/dashboard/src/features/board/ok.ts', 'web/dashboard/src/features/callbacks/ok.ts'],
  ['web/dashboard/src/data/session/ok.ts', 'web/dashboard/src/ui/ok.ts'],
  ['web/dashboard/src/ui/ok.ts', 'web/dashboard/src/i18n/ok.ts'],
  ['web/dashboard/src/i18n/ok.ts', 'web/dashboard/src/storage/ok.ts'],
  ['web/shared/ok.ts', 'src/contract/ok.ts'],
  ['web/shared/ok.spec.ts', 'test/support/ok.ts'],
];

/** Two cruises, on a machine that has other things to do. */
const PATIENCE_MS = 240_000;

const isPackage = (target: string) => !target.includes('/') || target.startsWith('node:');

function specifier(from: string, to: string): string {
  if (isPackage(to)) return to;
  const relative = path.posix.relative(path.posix.dirname(from), to).replace(/ts$/, 'js');
  return relative.startsWith('.') ? relative : `./${relative}`;
}

function write(tree: string, file: string, content: string): void {
  mkdirSync(path.dirname(path.join(tree, file)), { recursive: true });
  writeFileSync(path.join(tree, file), content);
}

function writePackages(tree: string): void {
  const manifest = { type: 'module', dependencies: {}, devDependencies: { 'for-tests': '1.0.0' } };
  write(tree, 'package.json', JSON.stringify(manifest));
  write(tree, 'tsconfig.json', JSON.stringify({ compilerOptions: { module: 'nodenext' } }));
  for (const name of ['for-tests', 'unlisted']) {
    write(tree, `node_modules/${name}/package.json`, JSON.stringify({ name, main: 'index.js' }));
    write(tree, `node_modules/${name}/index.js`, '');
  }
}

function expected({ rule, from, to, reported }: Offence): Violation {
  return { rule, from, to: to ?? from, ...reported };
}

function cruiseAll(tree: string, folders: readonly string[]): Violation[] {
  return [
    ...cruise(tree, '.dependency-cruiser.mjs', folders),
    ...cruise(tree, '.dependency-cruiser.folders.mjs', ['src', 'web']),
  ];
}

const byText = (violations: Violation[]) => violations.map((violation) => JSON.stringify(violation)).sort();

describe('import rules', () => {
  const tree = mkdtempSync(path.join(tmpdir(), 'concierge-rules-'));
  let found: Violation[];

  beforeAll(() => {
    writePackages(tree);
    const edges: [string, string | undefined][] = [
      ...OFFENCES.map(({ from, to }) => [from, to] as const),
      ...ALLOWED,
    ].map(([from, to]) => [from, to]);
    const targets = edges.flatMap(([, to]) => (to === undefined || isPackage(to) ? [] : [to]));
    for (const file of targets) if (!file.includes('nowhere')) write(tree, file, 'export {};\n');
    for (const [from, to] of edges) {
      write(tree, from, to === undefined ? 'export {};\n' : `import '${specifier(from, to)}';\n`);
    }
    found = cruiseAll(tree, ['src', 'web', 'test']);
  }, PATIENCE_MS);

  afterAll(() => rmSync(tree, { recursive: true, force: true }));

  it.each(OFFENCES.map((offence) => [offence.rule, offence.from, offence] as const))(
    '%s: %s',
    (_rule, _from, offence) => {
      expect(found).toContainEqual(expected(offence));
    },
  );

  it('complain about nothing else', () => {
    expect(byText(found)).toEqual(byText(OFFENCES.map(expected)));
  });

  it('are each proven above', () => {
    expect([...new Set(OFFENCES.map(({ rule }) => rule))].sort()).toEqual(
      [...everywhere.forbidden, ...folderRules.forbidden].map(({ name }) => name).sort(),
    );
  });

  it(
    'hold in this repository',
    () => {
      const folders = ['src', 'web', 'test', 'scripts', 'bench'].filter((folder) =>
        existsSync(path.join(ROOT, folder)),
      );
      expect(cruiseAll(ROOT, folders)).toEqual([]);
    },
    PATIENCE_MS,
  );
});
