import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { keptSecret } from './secrets.js';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'concierge-secrets-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

test('a secret is made once, for its owner alone', () => {
  const secret = keptSecret(folder, 'jwt');
  expect(secret.length).toBeGreaterThanOrEqual(32);
  expect(keptSecret(folder, 'jwt')).toBe(secret);
  expect(keptSecret(folder, 'encryption')).not.toBe(secret);
  expect(readdirSync(join(folder, 'secrets')).sort()).toEqual(['encryption', 'jwt']);
  expect(statSync(join(folder, 'secrets', 'jwt')).mode & 0o777).toBe(0o600);
});

test('an empty file, which a crash can leave behind, is no secret', () => {
  mkdirSync(join(folder, 'secrets'));
  writeFileSync(join(folder, 'secrets', 'jwt'), '');
  const secret = keptSecret(folder, 'jwt');
  expect(secret.length).toBeGreaterThanOrEqual(32);
  expect(keptSecret(folder, 'jwt')).toBe(secret);
});
