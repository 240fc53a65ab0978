import { describe, expect, test } from '@jest/globals';
import { isEmailAddress } from './email-address.js';

describe('isEmailAddress', () => {
  test.each([
    'ann@donors.example',
    "o'neil+gifts@mail.donors.example",
    'a.b-c_d@x-y.example',
    'jürgen@bücher.example',
    '用户@例子.广告',
    '01234@numbers.example',
    `${'m'.repeat(64)}@donors.example`,
  ])('takes %s', (address) => {
    expect(isEmailAddress(address)).toBe(true);
  });

  test.each([
    '',
    'ann',
    '@donors.example',
    'ann@',
    'ann@localhost',
    'ann@donors.',
    'ann@.example',
    'ann@donors..example',
    '.ann@donors.example',
    'ann.@donors.example',
    'a..n@donors.example',
    'ann@@donors.example',
    'ann@b@donors.example',
    '"john doe"@donors.example',
    '"a@b"@donors.example',
    'Ann <ann@donors.example>',
    'ann@donors.example, bob@donors.example',
    'ann(comment)@donors.example',
    'ann@-donors.example',
    'ann@donors-.example',
    'ann@donors.example\r\nBcc: all@donors.example',
    'ann@donors.example ',
    'an\u200bn@donors.example',
    'ann@127.0.0.1',
    'ann@[127.0.0.1]',
    'ann@do_nors.example',
    `${'m'.repeat(65)}@donors.example`,
    `ann@${'d'.repeat(64)}.example`,
    `ann@${'d.'.repeat(130)}example`,
  ])('refuses %j', (address) => {
    expect(isEmailAddress(address)).toBe(false);
  });
});
