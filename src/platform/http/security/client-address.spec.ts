import { describe, expect, test } from '@jest/globals';
import { clientAddress, plainAddress } from './client-address.js';

describe('plainAddress', () => {
  test.each([
    ['203.0.113.7', '203.0.113.7'],
    [' 203.0.113.7 ', '203.0.113.7'],
    ['203.0.113.7:50001', '203.0.113.7'],
    ['2001:db8::1', '2001:db8::1'],
    ['2001:DB8:0:0::1', '2001:db8::1'],
    ['[2001:db8::1]', '2001:db8::1'],
    ['[2001:db8::1]:443', '2001:db8::1'],
    ['::ffff:203.0.113.7', '203.0.113.7'],
    ['[::ffff:203.0.113.7]:443', '203.0.113.7'],
    ['::ffff:cb00:7107', '203.0.113.7'],
  ])('reads %j as %s', (text, address) => {
    expect(plainAddress(text)).toBe(address);
  });

  test.each([
    undefined,
    '',
    'unknown',
    '_hidden',
    '1',
    '127.1',
    '0x7f.0.0.1',
    '203.0.113.300',
    '203.0.113.7:',
    '203.0.113.7:123456',
    '2001:db8::1:',
    '[203.0.113.7',
    'desk.example.org:443',
    '1'.repeat(100_000),
  ])('takes %j for no address', (text) => {
    expect(plainAddress(text)).toBeUndefined();
  });
});

describe('clientAddress', () => {
  const isTrusted = (address: string) => address === '127.0.0.1' || address.startsWith('10.');
  const behind = (peer: string, forwarded?: string) =>
    clientAddress(
      {
        socket: { remoteAddress: peer },
        headers: forwarded === undefined ? {} : { 'x-forwarded-for': forwarded },
      },
      isTrusted,
    );

  test.each([
    ['203.0.113.9', '198.51.100.1', '203.0.113.9'],
    ['127.0.0.1', undefined, '127.0.0.1'],
    ['127.0.0.1', '203.0.113.7:50001', '203.0.113.7'],
    ['::ffff:127.0.0.1', '203.0.113.7', '203.0.113.7'],
    ['127.0.0.1', '198.51.100.1, 203.0.113.7:4000', '203.0.113.7'],
    ['127.0.0.1', '203.0.113.7:4000, 10.0.0.5:6000', '203.0.113.7'],
    ['127.0.0.1', '[2001:db8::7]:4000, [::ffff:10.0.0.5]:6000', '2001:db8::7'],
  ])('of %s with X-Forwarded-For %s is %s', (peer, forwarded, address) => {
    expect(behind(peer, forwarded)).toBe(address);
  });

  test.each([
    ['127.0.0.1', 'unknown', '127.0.0.1'],
    ['127.0.0.1', '203.0.113.7, unknown', '127.0.0.1'],
    ['127.0.0.1', 'unknown, 10.0.0.5', '10.0.0.5'],
    ['127.0.0.1', '', '127.0.0.1'],
  ])(
    'of %s with %j, which is no address, is the machine that passed it on: %s',
    (peer, forwarded, address) => {
      expect(behind(peer, forwarded)).toBe(address);
    },
  );
});
