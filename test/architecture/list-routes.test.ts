import { describe, expect, it } from '@jest/globals';
import { read, sourceFiles } from './sources.js';

const PAGINATION = 'src/platform/http/pagination';
const sources = sourceFiles('src', ['.ts']).filter((file) => !file.endsWith('.spec.ts'));
const filesWith = (pattern: RegExp) => sources.filter((file) => pattern.test(read(file)));

describe('lists are paged by one mechanism', () => {
  it('that writes their headers', () => {
    expect(filesWith(/\bLink:|\('Link'|rel="next"|'X-Total-(?:Count|Estimated)':/)).toEqual([
      `${PAGINATION}/page-headers.ts`,
    ]);
  });

  it('that reads and writes their cursors', () => {
    expect(filesWith(/'base64url'[^;]*\.(?:split|exec)\(|function (?:en|de)codeCursor/)).toEqual([
      `${PAGINATION}/cursor.ts`,
    ]);
  });

  it('that checks their query parameters', () => {
    const withLimit = filesWith(/^ {2}limit\?: string;$/m);
    expect(withLimit.length).toBeGreaterThanOrEqual(6);
    expect(withLimit.filter((file) => !/@PageLimit\([^)]*\)\n {2}limit\?/.test(read(file)))).toEqual([]);
    const withCursor = filesWith(/^ {2}cursor\?: string;$/m);
    expect(withCursor.filter((file) => !/@PageCursor\(\)\n {2}cursor\?/.test(read(file)))).toEqual([]);
  });
});
