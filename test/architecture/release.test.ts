import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ROOT } from './cruise.js';

const CHANGELOG =
  '# Changelog\n\n## [Unreleased]\n\n### Added\n\n- Calls.\n\n## [1.2.3] - 2026-01-01\n\n- Tickets.\n';

describe('npm run release', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(path.join(os.tmpdir(), 'release-'));
    write('package.json', { name: 'desk', version: '1.2.3' });
    write('package-lock.json', { name: 'desk', version: '1.2.3', packages: { '': { version: '1.2.3' } } });
    write('CHANGELOG.md', CHANGELOG);
    git('init', '--quiet', '--initial-branch', 'main');
    git('config', 'user.name', 'Ada');
    git('config', 'user.email', 'ada@example.org');
    commit();
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const file = (name: string): string => readFileSync(path.join(folder, name), 'utf8');
  const write = (name: string, content: unknown): void =>
    writeFileSync(path.join(folder, name), typeof content === 'string' ? content : JSON.stringify(content));
  const git = (...args: string[]): string =>
    execFileSync('git', args, { cwd: folder, encoding: 'utf8' }).trim();
  function commit(): void {
    git('add', '--all');
    git('commit', '--quiet', '--message', 'change');
  }

  function release(...args: string[]): { status: number | null; output: string } {
    const run = spawnSync(process.execPath, [path.join(ROOT, 'scripts/release.mjs'), ...args], {
      cwd: folder,
      encoding: 'utf8',
    });
    return { status: run.status, output: run.stdout + run.stderr };
  }

  it.each([
    ['patch', '1.2.4'],
    ['minor', '1.3.0'],
    ['major', '2.0.0'],
    ['1.10.0', '1.10.0'],
  ])('%s makes, commits and tags %s', (wish, version) => {
    expect(release(wish)).toMatchObject({ status: 0 });
    expect(file('CHANGELOG.md')).toMatch(
      new RegExp(
        `## \\[Unreleased\\]\n\n## \\[${version}\\] - \\d{4}-\\d\\d-\\d\\d\n\n### Added\n\n- Calls.`,
      ),
    );
    expect(JSON.parse(file('package.json'))).toEqual({ name: 'desk', version });
    expect(JSON.parse(file('package-lock.json'))).toMatchObject({ version, packages: { '': { version } } });
    expect(git('describe', '--exact-match')).toBe(`v${version}`);
    expect(git('status', '--porcelain')).toBe('');
  });

  it.each([
    ['no version', [], 'Say which version'],
    ['a version that is no number', ['next'], 'Say which version'],
    ['the same version', ['1.2.3'], 'does not come after 1.2.3'],
    ['an earlier version', ['1.1.9'], 'does not come after 1.2.3'],
  ])('refuses %s and changes nothing', (_, args, message) => {
    const answer = release(...args);
    expect(answer.status).toBe(1);
    expect(answer.output).toContain(message);
    expect(file('CHANGELOG.md')).toBe(CHANGELOG);
    expect(git('tag', '--list')).toBe('');
  });

  it('refuses changes that are not committed, another branch, a tag that exists, and an empty Unreleased', () => {
    write('new.txt', 'x');
    expect(release('patch').output).toContain('Commit or stash your changes first.');
    commit();
    git('switch', '--quiet', '--create', 'work');
    expect(release('patch').output).toContain('Releases are made on main.');
    git('switch', '--quiet', 'main');
    git('tag', 'v1.2.4');
    expect(release('patch').output).toContain('The tag v1.2.4 exists.');
    write('CHANGELOG.md', CHANGELOG.replace('- Calls.', ''));
    commit();
    expect(release('minor').output).toContain('no entry under Unreleased');
    expect(git('tag', '--list')).toBe('v1.2.4');
  });
});
