import { describe, expect, test } from '@jest/globals';
import { listedOrigin, originOf, publicAddress } from './origins.js';

describe('an origin', () => {
  test.each([
    ['https://charity.example', 'https://charity.example'],
    ['https://charity.example/', 'https://charity.example'],
    [' https://charity.example ', 'https://charity.example'],
    ['HTTPS://Charity.Example', 'https://charity.example'],
    ['https://charity.example:443', 'https://charity.example'],
    ['http://charity.example:80/', 'http://charity.example'],
    ['https://charity.example:8443', 'https://charity.example:8443'],
    ['https://charity.example/give?a=b#c', 'https://charity.example'],
    ['https://spenden-für.example', 'https://xn--spenden-fr-ieb.example'],
    ['http://[::1]:5005/', 'http://[::1]:5005'],
    ['capacitor://localhost/', 'capacitor://localhost'],
  ])('is read from %j as %s', (text, origin) => {
    expect(originOf(text)).toBe(origin);
    expect(listedOrigin(text)).toBe(origin);
  });

  test.each([
    'charity.example',
    'null',
    'https://',
    'javascript:alert(1)',
    'file:///etc/passwd',
    'https:// x',
  ])('is not read from %j', (text) => {
    expect(originOf(text)).toBeUndefined();
    expect(() => listedOrigin(text)).toThrow('write it as https://www.example.org');
  });

  test('with a wildcard is refused with what to do', () => {
    expect(() => listedOrigin('https://*.charity.example')).toThrow('list each origin');
  });
});

describe('the public address', () => {
  test.each([
    ['https://Desk.Example', 'https://desk.example'],
    ['https://desk.example:443//', 'https://desk.example'],
    ['https://charity.example/desk/', 'https://charity.example/desk'],
    ['https://charity.example/a/Desk', 'https://charity.example/a/Desk'],
  ])('is read from %j as %s', (text, address) => {
    expect(publicAddress(text)).toBe(address);
  });

  test.each([
    'desk.example',
    'ftp://desk.example',
    'https://*.example',
    'https://a@desk.example',
    'https://desk.example/?a',
  ])('is not read from %j', (text) => {
    expect(() => publicAddress(text)).toThrow('https://desk.example.org');
  });
});
