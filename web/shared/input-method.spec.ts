import { describe, expect, it } from '@jest/globals';
import { isComposed, leaveKeysToInputMethods } from './input-method.js';

class KeyDown extends Event {
  constructor(
    readonly isComposing: boolean,
    readonly keyCode: number,
  ) {
    super('keydown', { cancelable: true });
  }
}

describe('a key of an input method', () => {
  it.each([
    ['within a composition', true, 13, true],
    ['that ends a composition in Safari', false, 229, true],
    ['typed without an input method', false, 13, false],
  ])('%s is told apart', (_when, isComposing, keyCode, expected) => {
    expect(isComposed({ isComposing, keyCode })).toBe(expected);
  });

  it('reaches no handler, and keeps its effect on the field', () => {
    const field = new EventTarget();
    const heard: number[] = [];
    leaveKeysToInputMethods(field);
    field.addEventListener('keydown', (event) => heard.push((event as KeyDown).keyCode));
    const composed = new KeyDown(false, 229);
    field.dispatchEvent(composed);
    field.dispatchEvent(new KeyDown(false, 13));
    expect(heard).toEqual([13]);
    expect(composed.defaultPrevented).toBe(false);
  });
});
