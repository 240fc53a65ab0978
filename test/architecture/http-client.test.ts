import { expect, it } from '@jest/globals';
import { read, sourceFiles } from './sources.js';

const WRAPPER = 'test/support/http.ts';
const tests = sourceFiles('test', ['.ts']);
const filesWith = (pattern: RegExp, files = tests) => files.filter((file) => pattern.test(read(file)));

it('supertest sends the requests of the API tests: one wrapper imports it, and every client uses the wrapper', () => {
  expect(filesWith(/^import .* from 'supertest'/m)).toEqual([WRAPPER]);
  for (const client of ['test/support/client.ts', 'test/api/auth-client.ts']) {
    expect(read(client)).toMatch(/import \{ httpRequest \} from '(?:\.\.\/support|\.)\/http\.js'/);
  }
  const ofTheApi = tests.filter((file) => file.startsWith('test/api/') || file === 'test/support/client.ts');
  expect(filesWith(/(?<![\w.])fetch\(/, ofTheApi)).toEqual([]);
});
