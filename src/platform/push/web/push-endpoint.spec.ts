import { createECDH } from 'node:crypto';
import { expect, test } from '@jest/globals';
import { areSubscriptionKeys, isPushEndpoint, publicLookup } from './push-endpoint.js';

test.each([
  'https://fcm.googleapis.com/fcm/send/abc:def',
  'https://updates.push.services.mozilla.com/wpush/v2/gAAAA',
  'https://web.push.apple.com/QOa',
  'https://wns2-by3p.notify.windows.com/w/?token=BQYAAAA%3d',
])('%s is a push service', (endpoint) => {
  expect(isPushEndpoint(endpoint, false)).toBe(true);
});

test.each([
  'http://fcm.googleapis.com/x',
  'http://127.0.0.1:8080/x',
  'https://127.0.0.1/x',
  'https://2130706433/x',
  'https://0x7f.1/x',
  'https://[::1]/x',
  'https://[fd00::1]/x',
  'https://10.0.0.7/x',
  'https://169.254.169.254/latest/meta-data',
  'https://8.8.8.8/x',
  'https://localhost/x',
  'https://localhost./x',
  'https://db.localhost/x',
  'https://printer.local/x',
  'https://metadata.google.internal/x',
  'https://postgres/x',
  'https://push.example.org:8443/x',
  'https://ada:secret@push.example.org/x',
  'https://push.example.org/x#y',
  'https://push.example.org/a b',
  'https://push.example.org/\n',
  'ftp://push.example.org/x',
  'file:///etc/passwd',
  `https://push.example.org/${'x'.repeat(2_000)}`,
  '',
])('%j is none', (endpoint) => {
  expect(isPushEndpoint(endpoint, false)).toBe(false);
});

test('this machine is one only where that is allowed', () => {
  expect(isPushEndpoint('http://127.0.0.1:8080/x', true)).toBe(true);
  expect(isPushEndpoint('http://10.0.0.7/x', true)).toBe(false);
});

test('a name that leads to a private address is not connected to', async () => {
  const found = await new Promise((resolve) => {
    publicLookup('localhost', {}, (error) => resolve(error?.name));
  });
  expect(found).toBe('PrivateAddress');
});

const point = () => createECDH('prime256v1').generateKeys('base64url');
const AUTH = 'BTBZMqHH6r4Tts7J_aSIgg';

test('keys are a point of the curve and sixteen bytes', () => {
  const p256dh = point();
  expect(areSubscriptionKeys({ p256dh, auth: AUTH })).toBe(true);
  expect(areSubscriptionKeys({ p256dh, auth: 'BTBZ' })).toBe(false);
  expect(areSubscriptionKeys({ p256dh: 'BTBZ', auth: AUTH })).toBe(false);
  const notOnCurve = Buffer.from(p256dh, 'base64url').fill(7, 40).toString('base64url');
  expect(areSubscriptionKeys({ p256dh: notOnCurve, auth: AUTH })).toBe(false);
});
