import { expect, test } from '@jest/globals';
import { orderOf } from './list-search.js';

test('a list is a queue, what is searched for has the last changed first, and a choice counts more', () => {
  expect(orderOf({ status: 'new' })).toBe('queue');
  expect(orderOf({ q: 'receipt' })).toBe('updated');
  expect(orderOf({ callback: 'owed', q: 'receipt' })).toBe('due');
  expect(orderOf({ sort: 'queue', q: 'receipt' })).toBe('queue');
});
