import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { expect, it } from '@jest/globals';
import { ROOT } from './cruise.js';

it('package-lock.json names the native packages of every platform, so that npm ci works on each', () => {
  const script = path.join(ROOT, 'scripts/lock-platforms.mjs');
  const { stdout, stderr } = spawnSync(process.execPath, [script, '--check'], {
    encoding: 'utf8',
    timeout: 30_000,
  });
  expect({ stdout, stderr }).toEqual({ stdout: 'package-lock.json names every platform.\n', stderr: '' });
});
