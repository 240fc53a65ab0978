import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { isPageHidden, watchPage } from './page.js';

/** The two things of a browser that this file touches, as the DOM defines them. */
const page = Object.assign(new EventTarget(), { visibilityState: 'visible' });
const browser = new EventTarget();

beforeEach(() => {
  Object.assign(globalThis, {
    document: page,
    addEventListener: browser.addEventListener.bind(browser),
    removeEventListener: browser.removeEventListener.bind(browser),
  });
});

afterEach(() => {
  for (const name of ['document', 'addEventListener', 'removeEventListener'])
    Reflect.deleteProperty(globalThis, name);
});

describe('waking', () => {
  it('is told when the page comes to the front and when the network returns, until stopped', () => {
    let calls = 0;
    const stop = watchPage(
      () => calls++,
      () => undefined,
    );
    page.visibilityState = 'hidden';
    page.dispatchEvent(new Event('visibilitychange'));
    expect([calls, isPageHidden()]).toEqual([0, true]);
    page.visibilityState = 'visible';
    page.dispatchEvent(new Event('visibilitychange'));
    browser.dispatchEvent(new Event('online'));
    expect([calls, isPageHidden()]).toEqual([2, false]);
    stop();
    page.dispatchEvent(new Event('visibilitychange'));
    browser.dispatchEvent(new Event('online'));
    expect(calls).toBe(2);
  });
});

describe('losing the network', () => {
  it('is told until stopped', () => {
    let calls = 0;
    const stop = watchPage(
      () => undefined,
      () => calls++,
    );
    browser.dispatchEvent(new Event('offline'));
    expect(calls).toBe(1);
    stop();
    browser.dispatchEvent(new Event('offline'));
    expect(calls).toBe(1);
  });
});
