import { existsSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { ROOT } from './cruise.js';
import { read, sourceFiles } from './sources.js';

const PAGES = [
  'README.md',
  'CHANGELOG.md',
  'CONTRIBUTING.md',
  'AGENTS.md',
  'SECURITY.md',
  'CODE_OF_CONDUCT.md',
  ...sourceFiles('docs', ['.md']),
];

/** Targets of links within the repository, without what stands behind `#`. */
function links(page: string): string[] {
  const targets = [...read(page).matchAll(/\]\(([^)\s]+)\)/g)].map(([, target]) => target ?? '');
  return targets
    .filter((target) => !/^(?:[a-z]+:|#)/.test(target))
    .map((target) => target.split('#')[0] ?? '');
}

/** Files and folders that a page names from the root, such as `src/contract/roles.ts`; patterns are left out. */
function namedPaths(page: string): string[] {
  const names = [
    ...read(page).matchAll(/`((?:src|test|web|docs|scripts|prisma|bench|deploy|\.ci)\/[^`\s]+)`/g),
  ];
  return names
    .map(([, name]) => name ?? '')
    .filter((name) => !/[*{<…:]/.test(name) && !/\bdist\b/.test(name));
}

/** The heading's anchor, as the usual renderers of Markdown make it. */
const anchor = (heading: string): string =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s-]/gu, '')
    .trim()
    .replace(/\s/g, '-');

describe.each(PAGES)('%s', (page) => {
  it('links to pages that exist', () => {
    const missing = links(page).filter((target) => !existsSync(path.join(ROOT, path.dirname(page), target)));
    expect(missing).toEqual([]);
  });

  it('names files that exist', () => {
    expect(namedPaths(page).filter((name) => !existsSync(path.join(ROOT, name)))).toEqual([]);
  });

  it('links to headings that exist', () => {
    const targets = [...read(page).matchAll(/\]\(([^)\s#:]*)#([^)\s]+)\)/g)];
    const missing = targets.filter(([, file = '', heading = '']) => {
      const target = file === '' ? page : path.join(path.dirname(page), file);
      const headings = [...read(target).matchAll(/^#+ (.*)$/gm)].map(([, text]) => anchor(text ?? ''));
      return !headings.includes(heading);
    });
    expect(missing.map(([link]) => link)).toEqual([]);
  });
});

describe('docs/adr', () => {
  const files = sourceFiles('docs/adr', ['.md']).map((file) => path.basename(file));

  it('numbers its decisions without gaps, in file and title', () => {
    const numbers = files.map((file) => Number(file.slice(0, 4)));
    expect(numbers).toEqual(numbers.map((_, index) => index + 1));
    const titles = files.map((file) => Number(/^# (\d+)\. /.exec(read(`docs/adr/${file}`))?.[1]));
    expect(titles).toEqual(numbers);
  });
});

describe('docs/glossary.md', () => {
  it('explains each word once, in alphabetical order', () => {
    const rows = [...read('docs/glossary.md').matchAll(/^\| ([^|]+) \| /gm)].map(([, word]) =>
      (word ?? '').trim(),
    );
    const words = rows.filter((word) => word !== 'Word');
    expect(words.length).toBeGreaterThanOrEqual(40);
    expect(words).toEqual([...new Set(words)].sort((a, b) => a.localeCompare(b, 'en')));
  });
});
