import { expect, test } from '@jest/globals';
import { bearerBehind, donorBearer, staffBearer } from './call-bearer.js';

const ID = '0b54a3a2-4f4e-4f5b-9f2e-1c2d3e4f5a6b';

test('a user id names one login of a member of staff', () => {
  expect(staffBearer({ id: 7, loginId: ID, tokenVersion: 3 })).toBe(`staff-7.${ID}`);
  expect(bearerBehind(`staff-7.${ID}`)).toEqual({ userId: 7, loginId: ID });
});

test('without a login here it names one version of the tokens of a member of staff', () => {
  expect(staffBearer({ id: 7, tokenVersion: 3 })).toBe('staff-7.3');
  expect(bearerBehind('staff-7.3')).toEqual({ userId: 7, tokenVersion: 3 });
});

test('for a donor it names one session and the version of its tokens', () => {
  expect(donorBearer({ sessionId: ID, tokenVersion: 2 })).toBe(`session-${ID}.2`);
  expect(bearerBehind(`session-${ID}.2`)).toEqual({ donorSessionId: ID, tokenVersion: 2 });
});

test.each([
  ...['staff', 'staff-7', 'staff-7.', 'staff-0.1', 'staff-7.3x', 'donor-7.3', '', 'staff-7.3\n'],
  ...[`staff-7.${ID}0`, `session-${ID}`, `session-${ID}.`, `session-${ID}.1x`, `session-7.1`, ID],
])('nobody is behind %j', (userId) => {
  expect(bearerBehind(userId)).toBeUndefined();
});
