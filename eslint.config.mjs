import eslint from '@eslint/js';
import prettier from 'eslint-config-prettier';
import { defineConfig, globalIgnores } from 'eslint/config';
import regexp from 'eslint-plugin-regexp';
import tseslint from 'typescript-eslint';
import { visibleText } from './eslint.visible-text.mjs';

const TYPESCRIPT = ['**/*.ts', '**/*.tsx'];
const TESTS = ['**/*.spec.ts', 'test/**/*.ts', 'bench/**/*.ts', 'prisma/**/*.ts'];
const NODE_GLOBALS = [
  'AbortController',
  'AbortSignal',
  'Buffer',
  'TextDecoder',
  'TextEncoder',
  'URL',
  'URLSearchParams',
  'WebAssembly',
  'clearInterval',
  'clearTimeout',
  'console',
  'fetch',
  'performance',
  'process',
  'setImmediate',
  'setInterval',
  'setTimeout',
  'structuredClone',
];

/** Only platform/config may look at the environment; the rest gets a parsed Config. */
const noEnvironment = {
  'no-restricted-properties': [
    'error',
    { object: 'process', property: 'env', message: 'Read the Config (src/platform/config) instead.' },
    { property: '$queryRawUnsafe', message: 'Use the tagged $queryRaw: it binds its parameters.' },
    { property: '$executeRawUnsafe', message: 'Use the tagged $executeRaw: it binds its parameters.' },
  ],
  'no-restricted-imports': [
    'error',
    {
      paths: [
        {
          name: 'node:process',
          importNames: ['env'],
          message: 'Read the Config (src/platform/config) instead.',
        },
        {
          // They bound a text after, or without, looking at its length; text.decorator.ts does it before.
          name: 'class-validator',
          importNames: [
            ...['IsString', 'Length', 'MaxLength', 'MinLength', 'IsNotEmpty', 'Matches', 'IsEmail', 'IsUrl'],
            ...['Contains', 'IsISO8601', 'IsDateString', 'IsTimeZone', 'IsUUID'],
          ],
          message: 'Take a decorator of src/platform/http/validation/text.decorator.ts.',
        },
        {
          name: '@nestjs/common',
          importNames: ['forwardRef'],
          message: 'A cycle: move what both sides need down.',
        },
      ],
    },
  ],
};

const restrictedSyntax = [
  {
    selector: 'MethodDefinition[kind="constructor"] > FunctionExpression[params.length>6]',
    message: 'More than 6 dependencies: this class does too much.',
  },
  { selector: 'ExportAllDeclaration', message: 'No barrels: import from the file that defines it.' },
  { selector: 'TSEnumDeclaration', message: 'Use a const array and its union type.' },
];

/** What an event says follows from its type (src/contract/events): nobody on its way guesses. `as const` stays. */
const typedEvents = {
  selector: 'TSIndexSignature TSUnknownKeyword',
  message: 'An event has the fields of its type: see src/contract/events.',
};
const noGuesses = { '@typescript-eslint/consistent-type-assertions': ['error', { assertionStyle: 'never' }] };

/** Sizes a reader can hold: files, functions, constructors. */
const sizes = {
  'max-lines': ['error', { max: 300 }],
  'max-lines-per-function': ['error', { max: 40, skipBlankLines: true, skipComments: true }],
  'no-restricted-syntax': ['error', ...restrictedSyntax],
};

/** The desk may be below a path that only its public address knows. */
const ownAddress = {
  selector:
    'TemplateLiteral[quasis.0.value.raw=""] > TemplateElement[value.raw=/^\\u002F(api|call|conversations|dashboard|demo|health|widget)\\b/]',
  message: 'Take publicUrl() or publicPath() of src/platform/config/public-address.ts.',
};

/** The clock of a visitor's device may be wrong by minutes. */
const deviceClock = [
  'MemberExpression[object.name="Date"][property.name="now"]',
  'NewExpression[callee.name="Date"][arguments.length=0]',
  'CallExpression[callee.name="Date"]',
].map((selector) => ({
  selector,
  message: 'Take serverNow() of web/client/clock.ts, or performance.now() for how long something takes.',
}));

export default defineConfig(
  globalIgnores([
    'dist/',
    'coverage/',
    '.data/',
    'web/*/dist/',
    'web/client/rest/generated/',
    'src/platform/database/generated/',
  ]),
  { linterOptions: { noInlineConfig: true, reportUnusedDisableDirectives: 'error' } },
  eslint.configs.recommended,
  {
    files: TYPESCRIPT,
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/no-extraneous-class': ['error', { allowWithDecorator: true }],
      '@typescript-eslint/no-unnecessary-condition': [
        'error',
        { allowConstantLoopConditions: 'only-allowed-literals' },
      ],
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true },
      ],
      // `_next` and the like: a position that must be filled.
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', ignoreRestSiblings: true }],
      // A port's method is async because it may fail or wait in another implementation.
      '@typescript-eslint/require-await': 'off',
      // Classes of requests and answers exist for their decorators; what travels are plain objects of that shape.
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
      '@typescript-eslint/no-misused-spread': 'off',
      // Bracket access is how noUncheckedIndexedAccess shows; dictionaries stay readable.
      '@typescript-eslint/dot-notation': 'off',
      // Event and job maps start empty and are filled by declaration merging.
      '@typescript-eslint/no-empty-object-type': ['error', { allowInterfaces: 'always' }],
      eqeqeq: 'error',
      'no-console': 'error',
      ...sizes,
    },
  },
  {
    files: ['src/**/*.ts', 'web/**/*.ts', 'web/**/*.tsx'],
    ignores: ['**/*.spec.ts'],
    rules: noEnvironment,
  },
  {
    // A pattern whose time grows faster than its text lets one request stop the process.
    files: ['src/**', 'web/**', 'scripts/**'],
    plugins: { regexp },
    rules: {
      'regexp/no-super-linear-backtracking': ['error', { report: 'potential' }],
      'regexp/no-super-linear-move': ['error', { report: 'potential', ignorePartial: false }],
    },
  },
  {
    // The one place that decides how texts of requests are checked.
    files: ['src/platform/http/validation/text.decorator.ts'],
    rules: { 'no-restricted-imports': 'off' },
  },
  {
    // The one place that reads the environment, and the one that runs migrations from files.
    files: ['src/platform/config/**/*.ts', 'src/platform/database/**/*.ts'],
    rules: { 'no-restricted-properties': 'off' },
  },
  {
    files: ['src/platform/database/**/*.ts'],
    ignores: ['**/*.spec.ts'],
    rules: {
      'no-restricted-properties': [
        'error',
        { object: 'process', property: 'env', message: 'Read the Config (src/platform/config) instead.' },
      ],
    },
  },
  {
    // The doctor asks the process itself, not through a proxy.
    files: ['src/**/*.ts'],
    ignores: ['**/*.spec.ts', 'src/platform/doctor/**'],
    rules: { 'no-restricted-syntax': ['error', ...restrictedSyntax, ownAddress] },
  },
  {
    files: ['web/**/*.ts', 'web/**/*.tsx'],
    ignores: ['**/*.spec.ts', 'web/client/clock.ts'],
    rules: { 'no-restricted-syntax': ['error', ...restrictedSyntax, ...deviceClock, ...visibleText] },
  },
  {
    // The way of an event on the server, from its writer through the log to sockets and reactions.
    files: [
      'src/contract/**',
      'src/domain/{calls,desk,donors,event-log,messages,reminders}/**',
      'src/domain/tickets/**/*.{service,mapper}.ts',
      'src/domain/tickets/ticket-change.ts',
      'src/reactions/realtime/{broadcast,rooms}/**',
      'src/reactions/notifications/**',
    ],
    ignores: [
      '**/*.spec.ts',
      // Errors say details of their own.
      'src/contract/error-codes.ts',
      // The borders: rows and JSON become events, events become payloads. Each has a test.
      'src/domain/event-log/{event-record,event-payload}.ts',
      // JSON columns that are no event's: participants of a call, the page that a donor came from.
      'src/domain/calls/video-webhooks.service.ts',
      'src/reactions/notifications/{conversation-link,push-texts}.ts',
    ],
    rules: {
      ...noGuesses,
      'no-restricted-syntax': ['error', ...restrictedSyntax, ownAddress, typedEvents],
    },
  },
  {
    // The same in the faces, from the socket to what is shown.
    files: [
      'web/client/*.ts',
      'web/client/live/*.ts',
      'web/shared/*.ts',
      'web/widget/src/chat/{data/thread,desk/conversation}.ts',
      'web/dashboard/src/{data/live,features/calls,features/notifications}/**',
      'web/dashboard/src/features/ticket/sync/**',
    ],
    ignores: [
      '**/*.spec.ts',
      'web/client/clock.ts',
      // What a browser may lack, and what anybody may have sent.
      'web/client/failure.ts',
      'web/client/live/page.ts',
      'web/shared/{dates,input-method,locale}.ts',
    ],
    rules: {
      ...noGuesses,
      'no-restricted-syntax': ['error', ...restrictedSyntax, ...deviceClock, ...visibleText, typedEvents],
    },
  },
  {
    // JSX nests: a component's markup is not a long function.
    files: ['web/**/*.tsx'],
    rules: { 'max-lines-per-function': ['error', { max: 120, skipBlankLines: true, skipComments: true }] },
  },
  {
    // Tests read untyped JSON answers and pass methods to expect(); a describe block is as long as its cases.
    files: TESTS,
    rules: {
      'max-lines-per-function': 'off',
      'no-console': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
      '@typescript-eslint/unbound-method': 'off',
    },
  },
  {
    files: ['scripts/**/*.ts', '*.ts'],
    rules: { 'no-console': 'off' },
  },
  {
    files: ['**/*.mjs', '**/*.cjs', '**/*.js'],
    languageOptions: { globals: Object.fromEntries(NODE_GLOBALS.map((name) => [name, 'readonly'])) },
    rules: { 'max-lines': ['error', { max: 300 }] },
  },
  {
    files: ['web/demo/*.js'],
    languageOptions: {
      globals: Object.fromEntries(
        ['document', 'window', 'FormData', 'getComputedStyle'].map((name) => [name, 'readonly']),
      ),
    },
  },
  {
    files: ['**/*.cjs'],
    languageOptions: { sourceType: 'commonjs', globals: { module: 'writable', require: 'readonly' } },
  },
  prettier,
);
