import { expect, test } from '@jest/globals';
import { legibleOn } from './legible-colour.js';

test.each([
  // Reads well as it is.
  ['#0f4c5c', '#ffffff', '#1f2a2d', '#0f4c5c'],
  // Nothing but the text itself reads well enough on this.
  ['#808080', '#808080', '#ffffff', '#ffffff'],
])('%s on %s is %s', (colour, ground, text, expected) => {
  expect(legibleOn(colour, ground, text)).toBe(expected);
});

test('a pale colour gets darker on a light ground, and a dark one lighter on a dark ground', () => {
  expect(legibleOn('#ffd400', '#ffffff', '#000000')).toBe('#806a00');
  expect(legibleOn('#000080', '#14191b', '#ffffff')).toBe('#8080c0');
});
