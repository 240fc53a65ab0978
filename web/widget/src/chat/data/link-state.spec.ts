import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { linkState } from './link-state.js';

const NOON = Date.UTC(2026, 10, 29, 12);
const MINUTE = 60_000;

/** As much of the browser's storage as the widget uses here. */
function storage(): Pick<Storage, 'getItem' | 'setItem' | 'removeItem'> {
  const items = new Map<string, string>();
  return {
    getItem: (key) => items.get(key) ?? null,
    setItem: (key, value) => void items.set(key, value),
    removeItem: (key) => void items.delete(key),
  };
}

describe('a link that was asked for in this browser', () => {
  beforeEach(() => {
    jest.useFakeTimers({ now: NOON });
    Object.defineProperty(globalThis, 'localStorage', { value: storage(), configurable: true });
  });
  afterEach(() => {
    jest.useRealTimers();
    Reflect.deleteProperty(globalThis, 'localStorage');
  });

  it('is waited for as long as it works, a quarter of an hour', () => {
    expect(linkState.asked).toBe(false);
    linkState.asked = true;
    jest.setSystemTime(NOON + 15 * MINUTE - 1);
    expect(linkState.nonce).toMatch(/^[\w-]{16,}$/);
    jest.setSystemTime(NOON + 15 * MINUTE);
    expect([linkState.asked, linkState.nonce]).toEqual([false, undefined]);
  });

  it('keeps its nonce when another is asked for meanwhile, and gets a new one later', () => {
    linkState.asked = true;
    const first = linkState.nonce;
    jest.setSystemTime(NOON + 10 * MINUTE);
    linkState.asked = true;
    jest.setSystemTime(NOON + 20 * MINUTE);
    expect(linkState.nonce).toBe(first);
    jest.setSystemTime(NOON + 30 * MINUTE);
    linkState.asked = true;
    expect(linkState.nonce).not.toBe(first);
  });

  it.each(['', '{', '[]', 'null', '{"nonce":1,"until":9e15}', '{"nonce":"x","until":"9"}'])(
    'is none where the storage says %j',
    (text) => {
      localStorage.setItem('concierge:asked', text);
      expect(linkState.asked).toBe(false);
    },
  );
});
