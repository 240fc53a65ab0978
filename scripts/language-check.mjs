// npm run language: finds words that readers from other countries cannot search for, and names of documents that a reader of the repository
// cannot open. Prints each place with what to write instead.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { extname } from 'node:path';
import { ROOT } from './prepare.mjs';

const READ = new Set([
  '.ts',
  '.tsx',
  '.mjs',
  '.cjs',
  '.js',
  '.json',
  '.md',
  '.yml',
  '.yaml',
  '.css',
  '.html',
  '.prisma',
  '.conf',
  '.example',
]);
const NOT_OURS = /(^|\/)(generated|package-lock\.json)|^scripts\/language-(check\.mjs|bans\.json)$|naughty/;

/** The bans: a pattern, what to write instead, and the files where it stays allowed. */
const bans = JSON.parse(readFileSync(new URL('./language-bans.json', import.meta.url), 'utf8')).map(
  ({ pattern, instead, except }) => ({
    pattern: new RegExp(pattern, 'u'),
    instead,
    except: except && new RegExp(except, 'u'),
  }),
);

const files = execFileSync('git', ['ls-files', '-z'], { cwd: ROOT, encoding: 'utf8' })
  .split('\0')
  .filter((file) => READ.has(extname(file)) && !NOT_OURS.test(file));

const found = files.flatMap((file) => findIn(file));
for (const line of found) console.log(line);
console.log(
  found.length === 0
    ? `Language: ${files.length} files follow the list.`
    : `Language: ${found.length} places to reword.`,
);
process.exitCode = found.length === 0 ? 0 : 1;

function findIn(file) {
  let text;
  try {
    text = readFileSync(`${ROOT}/${file}`, 'utf8');
  } catch (error) {
    // A file that is deleted and not yet committed is still listed.
    if (error.code === 'ENOENT') return [];
    throw error;
  }
  const applicable = bans.filter(({ except }) => !except?.test(file));
  return text
    .split('\n')
    .flatMap((line, index) =>
      applicable
        .filter(({ pattern }) => pattern.test(line))
        .map(({ pattern, instead }) => `${file}:${index + 1}: "${pattern.exec(line)[0]}" → ${instead}`),
    );
}
