import { describe, expect, test } from '@jest/globals';
import { isTotpCode, plainCode } from './totp.js';

describe('a code that somebody typed', () => {
  test.each([
    ['123456', '123456'],
    ['123 456', '123456'],
    ['123\u2013456', '123456'],
    ['\u200e123\u00a0456\u200f', '123456'],
    ['١٢٣٤٥٦', '123456'],
    ['۰۹۱۲۳۴', '091234'],
    ['०१२३४५', '012345'],
    ['০১৮৯৩৪', '018934'],
    ['１２３４５６', '123456'],
    ['𝟘𝟙𝟗𝟐𝟑𝟒', '019234'],
    ['𝟬𝟭𝟮𝟯𝟰𝟵', '012349'],
    ['ABCDE-fghjk-mnpqr', 'abcdefghjkmnpqr'],
  ])('%s counts as %s', (typed, plain) => {
    expect(plainCode(typed)).toBe(plain);
    expect(isTotpCode(plainCode(typed))).toBe(/^\d{6}$/.test(plain));
  });

  test('may have the digits of any script that JavaScript writes numbers in', () => {
    const scripts = Intl.supportedValuesOf('numberingSystem');
    for (const numberingSystem of scripts) {
      const digits = new Intl.NumberFormat('en', { numberingSystem, useGrouping: false });
      const typed = digits.format(1_234_567_890);
      if (/^\p{Nd}{10}$/u.test(typed))
        expect([numberingSystem, plainCode(typed)]).toEqual([numberingSystem, '1234567890']);
    }
    expect(scripts.length).toBeGreaterThan(50);
  });
});
