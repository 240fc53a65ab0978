import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { expect, it } from '@jest/globals';
import { describeWith } from '../support/needs.js';

const MINUTES = 375;
const shifted = (...command: string[]) =>
  spawnSync('bash', ['scripts/shifted-clock.sh', `+${MINUTES}m`, ...command], { encoding: 'utf8' });

/** A run that is shifted already has a library in this file. */
const isShifted = existsSync('/etc/ld.so.preload') && statSync('/etc/ld.so.preload').size > 0;
const works = !isShifted && shifted('true').status === 0;

describeWith(works, 'root, faketime, mount namespaces, and a clock that is not shifted')(
  'scripts/shifted-clock.sh',
  () => {
    it('shifts the clock of a command and its children, and no other', () => {
      const before = Date.now();
      const times = shifted('bash', '-c', 'date +%s; node -p "Date.now() / 1000"').stdout.trim().split('\n');
      const after = Number(execFileSync('date', ['+%s'])) * 1000 + 1000;
      expect(times).toHaveLength(2);
      for (const time of times) {
        const there = Number(time) * 1000 - MINUTES * 60_000;
        expect(there).toBeGreaterThanOrEqual(before - 1000);
        expect(there).toBeLessThanOrEqual(after);
      }
    });

    it('ends as the command ends', () => {
      expect(shifted('bash', '-c', 'exit 7').status).toBe(7);
    });
  },
);
