import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from '@jest/globals';

const ROOT = path.join(import.meta.dirname, '../..');

/** A committed file must hold exactly this text; UPDATE_GOLDEN=1 writes it instead. `file` is a path from the repository's root. */
export function expectGolden(file: string, text: string): void {
  const full = path.join(ROOT, file);
  if (process.env['UPDATE_GOLDEN'] === '1') writeFileSync(full, text);
  expect({ file, text: readFileSync(full, 'utf8') }).toEqual({ file, text });
}
