import { expect, test } from '@jest/globals';
import { pageSize } from './page-query.js';

test.each([
  ['no parameter of paging', {}, 100],
  ['a page', { page: '1' }, 20],
  ['a cursor', { cursor: 'c' }, 20],
  ['a size', { limit: '7' }, 7],
  ['a size and a page', { limit: '7', page: '2' }, 7],
])('a list asked for with %s has rows: %j → %i', (_what, query, rows) => {
  expect(pageSize(query)).toBe(rows);
});
