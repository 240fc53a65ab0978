import { randomUUID } from 'node:crypto';
import { expect, test } from '@jest/globals';
import { callIdOf } from './call-id.js';

const VERSION_8 = /^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

test('the n-th call of a ticket has one id, wherever it is asked for', () => {
  const ticketId = randomUUID();
  expect(callIdOf(ticketId, 0)).toBe(callIdOf(ticketId, 0));
  const ids = [0, 1, 2, 10].flatMap((n) => [callIdOf(ticketId, n), callIdOf(randomUUID(), n)]);
  expect(new Set(ids).size).toBe(ids.length);
  for (const id of ids) expect(id).toMatch(VERSION_8);
});
