// npm run release -- patch|minor|major|x.y.z: names the entries under Unreleased in CHANGELOG.md after a new version, sets that version in
// package.json and package-lock.json, commits and tags. Works in the current folder; publishes nothing.
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';

const STEPS = ['major', 'minor', 'patch'];
const UNRELEASED = '## [Unreleased]\n';

class ReleaseError extends Error {}

const git = (...args) => execFileSync('git', args, { encoding: 'utf8' }).trim();

/** The version after `current`: one of STEPS, or a higher one that is spelled out. */
function nextVersion(current, wish = '') {
  const parts = current.split('.').map(Number);
  const step = STEPS.indexOf(wish);
  if (step >= 0)
    return parts.map((part, index) => (index < step ? part : index === step ? part + 1 : 0)).join('.');
  if (!/^\d+\.\d+\.\d+$/.test(wish))
    throw new ReleaseError('Say which version: npm run release -- patch, minor, major or x.y.z');
  const wanted = wish.split('.').map(Number);
  const first = wanted.findIndex((part, index) => part !== parts[index]);
  if (first < 0 || wanted[first] < parts[first])
    throw new ReleaseError(`${wish} does not come after ${current}.`);
  return wish;
}

/** The changelog with its Unreleased entries under `version`, and a new empty Unreleased above. */
function releasedChangelog(text, version, date) {
  const [before, after] = text.split(UNRELEASED);
  if (after === undefined) throw new ReleaseError(`CHANGELOG.md has no line "${UNRELEASED.trim()}".`);
  const entries = after.split(/^## /m)[0] ?? '';
  if (!/^- /m.test(entries))
    throw new ReleaseError('CHANGELOG.md has no entry under Unreleased: say what changed.');
  return `${before}${UNRELEASED}\n## [${version}] - ${date}\n${after}`;
}

function release(wish) {
  if (git('status', '--porcelain') !== '') throw new ReleaseError('Commit or stash your changes first.');
  if (git('branch', '--show-current') !== 'main') throw new ReleaseError('Releases are made on main.');
  const manifest = JSON.parse(readFileSync('package.json', 'utf8'));
  const lock = JSON.parse(readFileSync('package-lock.json', 'utf8'));
  const version = nextVersion(manifest.version, wish);
  if (git('tag', '--list', `v${version}`) !== '') throw new ReleaseError(`The tag v${version} exists.`);
  const date = new Date().toISOString().slice(0, 10);
  writeFileSync('CHANGELOG.md', releasedChangelog(readFileSync('CHANGELOG.md', 'utf8'), version, date));
  writeFileSync('package.json', `${JSON.stringify({ ...manifest, version }, null, 2)}\n`);
  lock.version = version;
  lock.packages[''].version = version;
  writeFileSync('package-lock.json', `${JSON.stringify(lock, null, 2)}\n`);
  git('commit', '--quiet', '--all', '--message', `release: ${version}`);
  git('tag', '--annotate', `v${version}`, '--message', `Concierge ${version}`);
  console.log(`v${version} is committed and tagged. Publish it with: git push --follow-tags`);
}

try {
  release(process.argv[2]);
} catch (error) {
  if (!(error instanceof ReleaseError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
