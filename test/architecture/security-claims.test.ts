import { existsSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { claimsOf } from './claims.js';
import { testTitles } from './test-titles.js';

const claims = claimsOf('docs/security.md');

/** Titles may hold semicolons, which stand between titles as well: the longest piece that is a title counts. */
function unknownTitles(pieces: string[], known: Set<string>): string[] {
  if (pieces.length === 0) return [];
  for (let most = pieces.length; most > 0; most -= 1)
    if (known.has(pieces.slice(0, most).join('; '))) return unknownTitles(pieces.slice(most), known);
  return [pieces[0]!, ...unknownTitles(pieces.slice(1), known)];
}

describe('docs/security.md', () => {
  it('has sentences', () => {
    expect(claims.length).toBeGreaterThan(50);
  });

  it.each(claims.map((claim) => [claim.text, claim] as const))(
    '%s',
    (_, { references, endsWithReference }) => {
      expect(endsWithReference).toBe(true);
      for (const { file, titles } of references) {
        expect({ file, exists: existsSync(file) }).toEqual({ file, exists: true });
        expect({ file, unknown: unknownTitles(titles, testTitles(file)) }).toEqual({ file, unknown: [] });
        expect(titles).not.toEqual([]);
      }
    },
  );
});
