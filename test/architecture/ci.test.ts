import { describe, expect, it } from '@jest/globals';
import { OLDEST } from '../support/oldest-postgres.js';
import { read } from './sources.js';

/** The PostgreSQL of each release of Debian. */
const POSTGRES_OF: Record<string, number> = { bullseye: 13, bookworm: 15, trixie: 17 };

describe('CI', () => {
  const workflow = read('.github/workflows/ci.yml');

  it('runs on the Node of .nvmrc, on the Debian that has the oldest supported PostgreSQL', () => {
    const [, node, release = ''] = /image: node:(\d+)-(\w+)$/m.exec(workflow) ?? [];
    expect([node, POSTGRES_OF[release]]).toEqual([read('.nvmrc').trim(), OLDEST]);
  });

  it('counts a skipped test as a failure', () => {
    expect(workflow).toContain("NO_SKIPS: 'true'");
    expect(workflow).toContain('run: bash .ci/run');
    expect(read('.ci/run')).toMatch(/NO_SKIPS:-.*failed=\$\(\(failed \+ skipped\)\)/);
  });
});
