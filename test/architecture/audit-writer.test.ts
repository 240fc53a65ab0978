import { expect, it } from '@jest/globals';
import catalogue from '../../web/i18n/en/dashboard/activity.json' with { type: 'json' };
import { read, sourceFiles } from './sources.js';

const ACTIONS = 'src/domain/audit/audit-actions.ts';
const WRITER = 'src/domain/audit/audit-log.ts';
const WRITES = /auditEntry\s*\.\s*(?:create|upsert)|INSERT INTO "?audit_log/;

it('writes the audit log in one place, which adds the address and the way to every entry', () => {
  const writers = sourceFiles('src', ['.ts']).filter((file) => WRITES.test(read(file)));
  expect(writers).toEqual([WRITER]);
});

it('has words for each action in the activity of the dashboard, and for no other', () => {
  const named = [...read(ACTIONS).matchAll(/\| '([\w.]+)'/g)].map(([, action]) => action);
  expect(named).toContain('auth.login');
  const worded = Object.keys(catalogue).flatMap((key) => /^actions\.(.+)$/.exec(key)?.[1] ?? []);
  expect(worded.sort()).toEqual(named.sort());
});
