import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { cutText, isWellFormed, showsSomething } from './text.js';

const HEART = '\u{1F49A}';
const FAMILY = '\u{1F468}\u200D\u{1F469}\u200D\u{1F467}';
const E_ACUTE = 'e\u0301';
const FLAG = '\u{1F1E9}\u{1F1EA}';

describe('cutText', () => {
  test.each([
    ['keeps what fits', 'short', 10, 'short'],
    ['keeps what fits exactly', 'short', 5, 'short'],
    ['cuts letters', 'shorter', 5, 'short'],
    ['leaves out an emoji that would be halved', `ab${HEART}`, 3, 'ab'],
    ['keeps an emoji that fits', `ab${HEART}c`, 4, `ab${HEART}`],
    ['leaves out an emoji of several', `ab${FAMILY}c`, 6, 'ab'],
    ['leaves out a letter whose accent does not fit', `ab${E_ACUTE}c`, 3, 'ab'],
    ['leaves out half a flag', `ab${FLAG}`, 4, 'ab'],
    [
      'keeps code points whole in a pile of accents',
      `a${'\u0301'.repeat(300)}`,
      100,
      `a${'\u0301'.repeat(99)}`,
    ],
    ['keeps code points whole where one character is longer than the bound', HEART + FAMILY, 1, ''],
    ['replaces half a pair that was there before', 'cut \ud83d', 10, 'cut \uFFFD'],
    ['cuts to nothing', 'abc', 0, ''],
  ])('%s', (_, text, most, expected) => {
    expect(cutText(text, most)).toBe(expected);
  });

  test('answers a well-formed beginning that fits, whatever comes in', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.nat(40), (text, most) => {
        const cut = cutText(text, most);
        expect(cut.length).toBeLessThanOrEqual(most);
        expect(isWellFormed(cut)).toBe(true);
        expect(text.startsWith(cut)).toBe(true);
      }),
    );
  });
});

describe('showsSomething', () => {
  test.each([
    ['nothing', ''],
    ['blanks', ' \t\n\u00a0\u3000'],
    ['a zero-width space', '\u200b'],
    ['a zero-width joiner', '\u200d'],
    ['a word joiner', '\u2060'],
    ['a byte order mark', '\ufeff'],
    ['a soft hyphen', '\u00ad'],
    ['a blank braille pattern', '\u2800'],
    ['Hangul fillers', '\u115f\u1160\u3164\uffa0'],
    ['directional marks', '\u200e\u200f\u202e\u2066\u061c'],
    ['a variation selector', '\ufe0f'],
    ['tags', '\u{e0041}'],
    ['annotation anchors', '\ufff9\ufffb'],
    ['controls', '\u0001\u009f'],
  ])('is false for %s', (_, text) => {
    expect(showsSomething(text)).toBe(false);
    expect(showsSomething(text.repeat(3))).toBe(false);
  });

  test.each(['a', '.', HEART, '\u2801', '가', 'ی', '\u200bx\u200b', '\u0600'])('is true for %j', (text) => {
    expect(showsSomething(text)).toBe(true);
  });
});

describe('isWellFormed', () => {
  test.each(['\ud83d', 'a\udc9a', '\udc9a\ud83d', `${HEART}\ud83d`])('is false for %j', (text) => {
    expect(isWellFormed(text)).toBe(false);
  });
  test.each(['', 'a', HEART, FAMILY])('is true for %j', (text) => {
    expect(isWellFormed(text)).toBe(true);
  });
});
