import { chmodSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { ownershipFault, processOwner, repairOwnership } from './data-ownership.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'concierge-owner-'));
  mkdirSync(join(folder, 'base'));
  writeFileSync(join(folder, 'base', 'PG_VERSION'), '18');
});
afterEach(() => rmSync(folder, { recursive: true }));

const OTHER = { uid: 54_321, gid: 54_322 };
const isRoot = processOwner()?.uid === 0;

test('a data directory that is open to others is closed', async () => {
  chmodSync(folder, 0o755);
  await repairOwnership(folder, processOwner(), () => undefined);
  expect(statSync(folder).mode & 0o777).toBe(0o700);
});

test('a data directory that its group may read stays as it is', async () => {
  chmodSync(folder, 0o750);
  await repairOwnership(folder, processOwner(), () => undefined);
  expect(statSync(folder).mode & 0o777).toBe(0o750);
});

(isRoot ? test : test.skip)(
  `root gives a copied data directory back, with all that is in it${isRoot ? '' : ' [needs root]'}`,
  async () => {
    const lines: string[] = [];
    await repairOwnership(folder, OTHER, (line) => lines.push(line));
    for (const part of ['', 'base', 'base/PG_VERSION'])
      expect(statSync(join(folder, part))).toMatchObject(OTHER);
    expect(lines).toEqual([expect.stringContaining('belongs to user 0, as after a copy')]);
  },
);

test('anybody else gets the command to run', () => {
  expect(ownershipFault('/srv/data/postgres', 0, OTHER)).toMatch(
    /belongs to user 0, .*Run: sudo chown -R 54321:54322 \/srv\/data\/postgres$/,
  );
});
