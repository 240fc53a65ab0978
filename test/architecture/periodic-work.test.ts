import { expect, it } from '@jest/globals';
import { read, sourceFiles } from './sources.js';

it('is done by one mechanism, which the stop waits for', () => {
  const sources = sourceFiles('src', ['.ts']).filter((file) => !file.endsWith('.spec.ts'));
  const filesWith = (pattern: RegExp) => sources.filter((file) => pattern.test(read(file)));
  expect(filesWith(/\bsetInterval\(|@Interval\(/)).toEqual([]);
  expect(filesWith(/from '@nestjs\/schedule'/)).toEqual([
    'src/platform/schedule/periodic-work.ts',
    'src/platform/schedule/periodic.decorator.ts',
    'src/platform/schedule/periodic.module.ts',
  ]);
  expect(filesWith(/^ {2}@Periodic\(/m).length).toBeGreaterThanOrEqual(10);
});
