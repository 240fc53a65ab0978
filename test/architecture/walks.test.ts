import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { read } from './sources.js';

/** How many files somebody may have to read at most to understand one request. */
const WALKS: [title: string, most: number][] = [
  ['Accepting a ticket', 15],
  ['A message by socket', 17],
  ['A new ticket', 25],
];

/** Called by Nest, for whole groups of routes or events. */
const CALLED_BY_NEST = /[.](?:adapter|guard|interceptor)[.]ts$/;

function filesOf(title: string): string[] {
  const [, section = ''] = read('docs/architecture.md').split(`\n### ${title}\n`);
  const [body = ''] = section.split('\n#');
  return [...body.matchAll(/^\d+\. `([^`]+)`/gm)].map(([, file]) => file ?? '');
}

/** Files of this repository that a source file imports. */
function importsOf(file: string): string[] {
  return [...read(file).matchAll(/from '(\.[^']+)\.js'/g)].map(
    ([, target]) => `${path.posix.join(path.posix.dirname(file), target ?? '')}.ts`,
  );
}

describe.each(WALKS)('the walk “%s” of docs/architecture.md', (title, most) => {
  const files = filesOf(title);

  it(`takes at most ${most} files`, () => {
    expect(files.length).toBeGreaterThan(5);
    expect(files.length).toBeLessThanOrEqual(most);
  });

  it('names files that know each other', () => {
    const edges = files.flatMap((from) => importsOf(from).map((to) => [from, to] as const));
    const known = new Set(edges.filter(([, to]) => files.includes(to)).flat());
    const strangers = files.filter((file) => !known.has(file));
    expect(strangers.filter((file) => !CALLED_BY_NEST.test(file))).toEqual([]);
  });
});
