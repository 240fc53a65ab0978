import { expect, test } from '@jest/globals';
import { USERNAME, usernameFrom } from './username.js';

const MARK = '0f1e2d3c';

test.each([
  ['Maria', 'maria'],
  ['Zoë O’Neil', 'zoe-o-neil'],
  ['ｆｕｌｌ ｗｉｄｔｈ', 'full-width'],
  ['kim@shop.test', 'kim@shop.test'],
  ['__proto__', 'proto__'],
  // A letter of another script that looks like one of ours is not taken for it.
  ['аdmin', 'dmin'],
  ['x'.repeat(120), 'x'.repeat(100)],
])('%s signs in as %s', (name, username) => {
  expect(usernameFrom(name)).toBe(username);
  expect(username).toMatch(USERNAME);
});

test.each(['鈴木', 'Q', '…', 'Zoë O’Neil', 'x'.repeat(120)])('%s has a username with a mark', (name) => {
  const username = usernameFrom(name, MARK);
  expect(username).toMatch(USERNAME);
  expect(username.endsWith(MARK)).toBe(true);
});
