import { describe, expect, it } from '@jest/globals';
import { deviceOf } from './device.js';

const WEBKIT = 'AppleWebKit/537.36 (KHTML, like Gecko)';
const IPHONE =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)';
const MAC = 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7)';
const WINDOWS = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64)';
const PIXEL = 'Mozilla/5.0 (Linux; Android 10; K)';

describe('a device', () => {
  it.each([
    ['Firefox', 'Linux', 'Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0'],
    ['Firefox', 'iPhone', `${IPHONE} FxiOS/143.0 Mobile/15E148 Safari/605.1.15`],
    ['Chrome', 'Windows', `${WINDOWS} ${WEBKIT} Chrome/141.0.0.0 Safari/537.36`],
    ['Chrome', 'Linux', `Mozilla/5.0 (X11; Linux x86_64) ${WEBKIT} HeadlessChrome/141.0.0.0 Safari/537.36`],
    ['Chrome', 'Android', `${PIXEL} ${WEBKIT} Chrome/141.0.0.0 Mobile Safari/537.36`],
    ['Chrome', 'iPhone', `${IPHONE} CriOS/141.0.7390.41 Mobile/15E148 Safari/604.1`],
    [
      'Chrome',
      'ChromeOS',
      `Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) ${WEBKIT} Chrome/141.0.0.0 Safari/537.36`,
    ],
    ['Edge', 'Windows', `${WINDOWS} ${WEBKIT} Chrome/141.0.0.0 Safari/537.36 Edg/141.0.0.0`],
    ['Edge', 'Android', `${PIXEL} ${WEBKIT} Chrome/141.0.0.0 Mobile Safari/537.36 EdgA/141.0.0.0`],
    ['Opera', 'macOS', `${MAC} ${WEBKIT} Chrome/140.0.0.0 Safari/537.36 OPR/124.0.0.0`],
    [
      'Samsung Internet',
      'Android',
      `${PIXEL} ${WEBKIT} SamsungBrowser/28.0 Chrome/130.0.0.0 Mobile Safari/537.36`,
    ],
    ['Safari', 'macOS', `${MAC} AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.0 Safari/605.1.15`],
    ['Safari', 'iPhone', `${IPHONE} Version/26.0 Mobile/15E148 Safari/604.1`],
    [
      'Safari',
      'iPad',
      'Mozilla/5.0 (iPad; CPU OS 16_6 like Mac OS X) Version/16.6 Mobile/15E148 Safari/604.1',
    ],
    ['curl', undefined, 'curl/8.14.1'],
    ['node', undefined, 'node'],
    ['Dart', undefined, 'Dart/3.9 (dart:io)'],
    [undefined, 'Android', 'Mozilla/5.0 (Linux; Android 10; K)'],
    [undefined, undefined, 'Mozilla/5.0'],
    [undefined, undefined, '(\u202e'],
    [undefined, undefined, ''],
    [undefined, undefined, null],
  ])('is %s on %s: %s', (browser, system, userAgent) => {
    expect(deviceOf(userAgent)).toMatchObject({ browser, system });
  });

  it('is held in the hand when it is a phone or a tablet', () => {
    expect(deviceOf(IPHONE).isHandheld).toBe(true);
    expect(deviceOf(PIXEL).isHandheld).toBe(true);
    expect(deviceOf(WINDOWS).isHandheld).toBe(false);
    expect(deviceOf(null).isHandheld).toBe(false);
  });

  it('has a short name, whatever somebody sends', () => {
    expect(deviceOf('x'.repeat(400)).browser).toBe('x'.repeat(40));
  });
});
