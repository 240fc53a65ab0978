import { describe, expect, test } from '@jest/globals';
import { MOST_ADDRESSES, RefusalBudget } from './refusal-budget.js';

const budget = (perCaller: number, perClass: number) => new RefusalBudget<string>({ perCaller, perClass });
const from = (caller: string, address = caller) => ({ caller, address });

describe('the budget of a class of refusals', () => {
  test('writes some of one caller, counts the rest, and starts again with each look', () => {
    const one = budget(2, 100);
    const written = [1, 2, 3, 4, 5].map(() => one.takeEntry('limits', 'limits', from('a')));
    expect(written).toEqual([true, true, false, false, false]);
    expect(one.takeEntry('limits', 'limits', from('b'))).toBe(true);
    expect(one.drain()).toEqual([{ refusalClass: 'limits', more: 3, addresses: 1 }]);
    expect(one.drain()).toEqual([]);
    expect(one.takeEntry('limits', 'limits', from('a'))).toBe(true);
  });

  test('holds for all callers together, and tells from how many addresses the rest came', () => {
    const one = budget(2, 50);
    for (let n = 0; n < 80; n++) one.takeEntry('logins', 'logins', from(`user ${n}`, `10.0.0.${n % 40}`));
    expect(one.drain()).toEqual([{ refusalClass: 'logins', more: 30, addresses: 30 }]);
  });

  test('is no other class’s: a flood of one leaves the others as they were', () => {
    const one = budget(10, 50);
    for (let n = 0; n < 1_000; n++) one.takeEntry('policy', 'policy', from(`caller ${n}`));
    expect(one.takeEntry('logins', 'logins', from('thief'))).toBe(true);
    expect(one.drain()).toEqual([{ refusalClass: 'policy', more: 950, addresses: 950 }]);
  });

  test('remembers a bounded number of addresses, however many there are', () => {
    const one = budget(1, 1);
    for (let n = 0; n < MOST_ADDRESSES + 500; n++) one.takeEntry('policy', 'policy', from(`caller ${n}`));
    expect(one.drain()).toEqual([
      { refusalClass: 'policy', more: MOST_ADDRESSES + 499, addresses: MOST_ADDRESSES },
    ]);
  });
});
