import { describe, expect, it } from '@jest/globals';
import { PLANNED_EACH_TIME, StatementNames } from './statement-names.js';

function use(names: StatementNames, sql: string, times: number): string {
  let name = '';
  for (let use = 0; use < times; use++) name = names.nameOf(sql);
  return name;
}

describe('StatementNames', () => {
  it('names a statement at its third use and keeps the name', () => {
    const names = new StatementNames();
    expect(use(names, 'SELECT 1', 2)).toBe('');
    const name = names.nameOf('SELECT 1');
    expect(name).not.toBe('');
    expect(names.nameOf('SELECT 1')).toBe(name);
  });

  it('names no statement that is to be planned for its values', () => {
    expect(use(new StatementNames(), `${PLANNED_EACH_TIME} SELECT 1`, 10)).toBe('');
  });

  it('gives different statements different names', () => {
    const names = new StatementNames();
    expect(use(names, 'SELECT 1', 3)).not.toBe(use(names, 'SELECT 2', 3));
  });

  it('never gives more than 500 names, and none to passing shapes', () => {
    const names = new StatementNames();
    for (let shape = 0; shape < 10_000; shape++) use(names, `SELECT ${shape} AS passing`, 2);
    expect(names.size).toBe(0);
    for (let shape = 0; shape < 600; shape++) use(names, `SELECT ${shape}`, 3);
    expect(names.size).toBe(500);
    expect(names.nameOf('SELECT 0')).not.toBe('');
    expect(names.nameOf('SELECT 599')).toBe('');
  });
});
