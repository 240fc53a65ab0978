import { expect, test } from '@jest/globals';
import { staffBearer, staffBehind } from './staff-bearer.js';

test('a user id names one member of staff and one version of their tokens', () => {
  expect(staffBearer({ id: 7, tokenVersion: 3 })).toBe('staff-7.3');
  expect(staffBehind('staff-7.3')).toEqual({ id: 7, tokenVersion: 3 });
});

test.each(['staff', 'staff-7', 'staff-7.', 'staff-0.1', 'staff-7.3x', 'donor-7.3', '', 'staff-7.3\n'])(
  'nobody is behind %j',
  (userId) => {
    expect(staffBehind(userId)).toBeUndefined();
  },
);
