import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { OLDEST_POSTGRES, versionFault } from './database-server.js';

const ROOT = join(import.meta.dirname, '../../..');

test('a server older than 15 is told what is needed', () => {
  expect(versionFault(140_022)).toBe('It is PostgreSQL 14; Concierge needs PostgreSQL 15 or newer.');
  expect([150_000, 180_004].map(versionFault)).toEqual([undefined, undefined]);
});

test('the documents name the oldest version in one place, the one that the program checks', () => {
  const files = [
    'README.md',
    '.env.example',
    ...readdirSync(join(ROOT, 'docs')).map((name) => `docs/${name}`),
  ];
  const told = files
    .filter((name) => /\.(md|example)$/.test(name))
    .filter((name) => /15 or newer|PostgreSQL 15/.test(readFileSync(join(ROOT, name), 'utf8')));
  expect([OLDEST_POSTGRES, told]).toEqual([15, ['docs/operations.md']]);
});
