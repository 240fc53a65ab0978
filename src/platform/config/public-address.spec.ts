import { describe, expect, it } from '@jest/globals';
import { isSecure, publicHost, publicOrigin, publicPath, publicUrl } from './public-address.js';

describe('addresses of the desk', () => {
  it.each([
    ['https://desk.example', '', 'https://desk.example'],
    ['https://charity.example:8443/desk', '/desk', 'https://charity.example:8443'],
    ['http://localhost:5005/help/desk', '/help/desk', 'http://localhost:5005'],
  ])('lie below %s', (base, path, origin) => {
    const desk = { publicUrl: base };
    expect(publicUrl(desk, '/dashboard')).toBe(`${base}/dashboard`);
    expect(publicPath(desk, '/dashboard')).toBe(`${path}/dashboard`);
    expect(publicPath(desk, '')).toBe(path);
    expect(publicOrigin(desk)).toBe(origin);
  });

  it('say which host and whether it is secure', () => {
    expect(publicHost({ publicUrl: 'https://charity.example:8443/desk' })).toBe('charity.example');
    expect(isSecure({ publicUrl: 'https://charity.example/desk' })).toBe(true);
    expect(isSecure({ publicUrl: 'http://charity.example/desk' })).toBe(false);
  });
});
