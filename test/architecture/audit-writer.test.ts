import { expect, it } from '@jest/globals';
import { read, sourceFiles } from './sources.js';

const WRITER = 'src/domain/audit/audit-log.ts';
const WRITES = /auditEntry\s*\.\s*(?:create|upsert)|INSERT INTO "?audit_log/;

it('writes the audit log in one place, which adds the address and the way to every entry', () => {
  const writers = sourceFiles('src', ['.ts']).filter((file) => WRITES.test(read(file)));
  expect(writers).toEqual([WRITER]);
});
