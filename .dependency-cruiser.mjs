// Who may import whom: docs/architecture.md in rules. test/architecture proves that each of them bites.
const SPEC = '[.]spec[.]tsx?$';
const ROOF = '^src/(app[.]module|app[.]setup|main|doctor)[.]ts$';

function forbid(name, comment, from, to) {
  return { name, comment, severity: 'error', from, to };
}

/** contract ← platform ← domain ← reactions, and the three files on the roof that see them all. */
const floors = [
  forbid(
    'contract-imports-nothing',
    'The contract is words only; web/ imports it too.',
    { path: '^src/contract/', pathNot: SPEC },
    { pathNot: '^src/contract/' },
  ),
  forbid(
    'platform-knows-no-ticket',
    'Platform is technology: it must not import domain or reactions.',
    { path: '^src/platform/' },
    { path: '^src/(domain|reactions)/' },
  ),
  forbid(
    'domain-knows-no-reaction',
    'A domain service writes an event; reactions listen.',
    { path: '^src/domain/' },
    { path: '^src/reactions/' },
  ),
  forbid(
    'reactions-ignore-each-other',
    'Each reaction must be removable alone; what two of them share belongs further down.',
    { path: '^src/reactions/([^/]+)/' },
    { path: '^src/reactions/', pathNot: '^src/reactions/$1/' },
  ),
  forbid(
    'only-the-roof-sees-all-floors',
    'Only app.module.ts, app.setup.ts, main.ts and doctor.ts stand above the floors.',
    { path: '^src/[^/]+$', pathNot: [ROOF, SPEC] },
    { path: '^src/(platform|domain|reactions)/' },
  ),
  forbid(
    'nothing-imports-the-roof',
    'A floor that needs app.module.ts or app.setup.ts is upside down.',
    { path: '^src/(contract|platform|domain|reactions)/', pathNot: SPEC },
    { path: '^src/[^/]+$' },
  ),
];

/** The rooms of the domain, from the ground up: each imports from lower floors only, never from its own or from above. */
const DOMAIN = [
  ['audit', 'outbox', 'presence'],
  ['auth'],
  ['desk-settings', 'taxonomy'],
  ['event-log', 'preferences', 'staff', 'ticket-mail'],
  ['tickets'],
  ['ageing', 'attachments', 'calls', 'donors', 'messages', 'reminders', 'transcripts'],
  ['delegated', 'desk'],
];

const roomsOf = (floors) => `^src/domain/(${floors.flat().join('|')})/`;

const domain = [
  ...DOMAIN.map((rooms, index) =>
    forbid(
      `domain-floor-${index + 1}-imports-down`,
      `${rooms.join(', ')}: what is shared belongs further down, what composes them further up.`,
      { path: roomsOf([rooms]), pathNot: SPEC },
      { path: roomsOf(DOMAIN.slice(index)), pathNot: '^src/domain/$1/' },
    ),
  ),
  forbid(
    'every-domain-room-has-a-floor',
    'Say in DOMAIN above on which floor this folder stands.',
    { path: '^src/domain/', pathNot: roomsOf(DOMAIN) },
    {},
  ),
];

/** No knots between files; those between folders: .dependency-cruiser.folders.mjs. */
const cycles = [
  forbid(
    'no-cycles',
    'Two files that need each other are one file, or miss a third.',
    {},
    { circular: true },
  ),
];

/** The faces are strangers to the server and to each other. */
const web = [
  forbid(
    'web-knows-only-the-contract',
    'The faces talk to the server over the wire; they share its words (src/contract), not its code.',
    { path: '^web/', pathNot: SPEC },
    { path: '^(src|test|bench|prisma|scripts)/', pathNot: '^src/contract/' },
  ),
  forbid(
    'faces-ignore-each-other',
    'What widget and dashboard share lives in web/client (the live client) and web/shared.',
    { path: '^web/([^/]+)/' },
    { path: '^web/(widget|dashboard)/', pathNot: '^web/$1/' },
  ),
  forbid(
    'web-runs-in-a-browser',
    'No Node built-ins in what a browser loads.',
    { path: '^web/', pathNot: [SPEC, '[.]config[.]ts$', '^web/[^/]+$'] },
    { dependencyTypes: ['core'] },
  ),
];

/** The dashboard from the ground up: each layer imports from lower ones only. main.tsx alone stands above the shell. */
const DASHBOARD = ['storage', 'i18n', 'ui', 'data', 'features', 'shell'];

const layersOf = (layers) => `^web/dashboard/src/(${layers.join('|')})/`;

const dashboard = [
  ...DASHBOARD.slice(0, -1).map((layer, index) =>
    forbid(
      `dashboard-${layer}-imports-down`,
      `${layer}: what is shared belongs further down, what composes features into shell/.`,
      { path: layersOf([layer]), pathNot: SPEC },
      { path: layersOf(DASHBOARD.slice(index + 1)) },
    ),
  ),
  forbid(
    'every-dashboard-folder-has-a-layer',
    'Say in DASHBOARD above on which layer this folder stands.',
    { path: '^web/dashboard/src/[^/]+/', pathNot: layersOf(DASHBOARD) },
    {},
  ),
];

/** What ships may not lean on what does not. */
const shipping = [
  forbid(
    'product-imports-no-tests',
    'Test code does not ship.',
    { path: '^(src|web)/', pathNot: SPEC },
    { path: ['^(test|bench|scripts)/', SPEC] },
  ),
  forbid(
    'product-imports-no-dev-dependency',
    'The image installs production dependencies only.',
    { path: '^src/', pathNot: SPEC },
    { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only', 'npm'] },
  ),
  forbid(
    'no-unlisted-package',
    'Add it to package.json.',
    // The client has a package.json of its own, for what it ships.
    { pathNot: '^web/client/.*[.]spec[.]ts$' },
    { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
  ),
  forbid('no-unresolvable-import', 'This import leads nowhere.', {}, { couldNotResolve: true }),
  forbid(
    'no-orphans',
    'Nobody imports this file and it imports nobody: use it or delete it.',
    {
      orphan: true,
      path: '^(src|web)/',
      pathNot: [SPEC, '[.]d[.]ts$', '^web/demo/', '^src/(main|doctor)[.]ts$', '[.]config[.]ts$'],
    },
    {},
  ),
];

export default {
  forbidden: [...floors, ...domain, ...cycles, ...web, ...dashboard, ...shipping],
  options: {
    doNotFollow: { path: ['node_modules', '^src/platform/database/generated/'] },
    exclude: { path: ['^web/[^/]+/dist/'] },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.js', '.mjs', '.cjs', '.json'],
    },
  },
};
