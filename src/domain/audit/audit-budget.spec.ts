import { describe, expect, test } from '@jest/globals';
import { AuditBudget } from './audit-budget.js';

const MINUTE = 60_000;

describe('the budget of entries that outsiders can cause', () => {
  test('lets some through for one key a minute, then tells how many it left out', () => {
    const budget = new AuditBudget(2, 100);
    const granted = [1, 2, 3, 4, 5].map(() => budget.ask('one', 0).granted);
    expect(granted).toEqual([true, true, false, false, false]);
    expect(budget.ask('other', 0)).toEqual({ granted: true, leftOut: 0 });
    expect(budget.ask('one', MINUTE - 1).granted).toBe(false);
    expect(budget.ask('one', MINUTE)).toEqual({ granted: true, leftOut: 4 });
    expect(budget.ask('one', MINUTE)).toEqual({ granted: true, leftOut: 0 });
  });

  test('holds for all keys together, however many there are', () => {
    const budget = new AuditBudget(2, 50);
    const granted = Array.from({ length: 20_000 }, (_, n) => budget.ask(`key ${n}`, 0).granted);
    expect(granted.filter(Boolean)).toHaveLength(50);
    expect(budget.ask('late', MINUTE).granted).toBe(true);
  });
});
