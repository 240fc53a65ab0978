import { describe, expect, it } from '@jest/globals';
import { read, sourceFiles } from './sources.js';
import { styleFaults } from './styles.js';

const DASHBOARD = 'web/dashboard/src';

describe('styles of the dashboard', () => {
  it('are CSS modules beside their components, without a name for the whole page', () => {
    const files = sourceFiles(DASHBOARD, ['.ts', '.tsx', '.css']);
    expect(files.filter((file) => file.endsWith('.module.css')).length).toBeGreaterThan(0);
    expect(styleFaults(Object.fromEntries(files.map((file) => [file, read(file)])))).toEqual([]);
  });
});

describe('the check of styles', () => {
  const sheet = '.card { color: red }\n@media (width < 1em) { .card:hover > .icon { margin: 0.5em } }';
  const user =
    "import styles from './card.module.css';\n<b className={styles.card}><i className={styles.icon} /></b>";

  it('accepts a module whose classes are used', () => {
    expect(styleFaults({ 'a/card.module.css': sheet, 'a/card.tsx': user })).toEqual([]);
  });

  it('accepts the sheets of the whole page, which name elements only', () => {
    const main = "import './ui/tokens.css';\nimport '../ui/mantine.css';";
    const tokens = '/* not .this */ :root { --a: 0.5em }';
    const mantine = "@import '@mantine/core/styles/Badge.css';";
    expect(styleFaults({ 'main.tsx': main, 'ui/tokens.css': tokens, 'ui/mantine.css': mantine })).toEqual([]);
  });

  it('accepts a class that is chosen by a comparison', () => {
    const chosen = user.replace('{styles.icon}', "{size === 'small' ? styles.icon : undefined}");
    expect(styleFaults({ 'a/card.module.css': sheet, 'a/card.tsx': chosen })).toEqual([]);
  });

  it.each([
    ['a plain sheet', { 'a/a.tsx': "import './a.css';" }, 'a/a.tsx: ./a.css is no CSS module'],
    [
      'a class in the sheet of the page',
      { 'ui/tokens.css': '.card {}' },
      'ui/tokens.css: .card holds for the whole page',
    ],
    ['a class as text', { 'a/a.tsx': '<b className="card" />' }, 'a/a.tsx: className is written as text'],
    ['a template', { 'a/a.tsx': '<b className={`card ${x}`} />' }, 'a/a.tsx: className is written as text'],
    [
      'a chosen text',
      { 'a/a.tsx': "<b className={x ? 'card' : y} />" },
      'a/a.tsx: className is written as text',
    ],
    [
      'a class that no sheet has',
      { 'a/b.tsx': "import styles from './b.module.css';\nstyles.card", 'a/b.module.css': '' },
      'a/b.tsx: a/b.module.css has no .card',
    ],
    ['a class that nobody uses', { 'a/b.module.css': '.card {}' }, 'a/b.module.css: nobody uses .card'],
  ])('refuses %s', (_what, face, fault) => {
    expect(styleFaults(face)).toEqual([fault]);
  });
});

describe('colours of the dashboard', () => {
  it('are the tones that the theme has tokens for', () => {
    const files = sourceFiles(DASHBOARD, ['.ts', '.tsx']).filter((file) => !file.endsWith('ui/theme.ts'));
    const found = files.flatMap((file) =>
      [
        ...read(file).matchAll(
          /\b(?:color|c|bg)[=:] ?["']([a-z]+)(?:\.\d)?["']|--mantine-color-([a-z]+)-\d/g,
        ),
      ].map(([, given, step]) => given ?? step),
    );
    expect([...new Set(found)].sort()).toEqual([
      'brand',
      'dimmed',
      'gray',
      'green',
      'inherit',
      'red',
      'yellow',
    ]);
  });
});
