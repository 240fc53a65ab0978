import { randomBytes } from 'node:crypto';
import { existsSync, linkSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Words that show a secret was copied from an example instead of being made. */
const SAMPLE = /change.?me|secret_here|your_|example|sample|password|concierge|12345678|abcdefgh/i;

/** True when a secret is one that anybody could guess: a sample, or a handful of characters repeated. */
export function looksLikeSample(secret: string): boolean {
  return SAMPLE.test(secret) || new Set(secret).size < 8;
}

/**
 * The secret kept in `<dataDir>/secrets/<name>` (mode 600), made on first use, so tokens survive a restart.
 * Only for development and the embedded setup: production must bring its own.
 */
export function keptSecret(dataDir: string, name: string): string {
  const folder = join(dataDir, 'secrets');
  const file = join(folder, name);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  if (isEmpty(file)) rmSync(file);
  if (!existsSync(file)) make(file);
  return readFileSync(file, 'utf8');
}

/** A crash can leave an empty file behind, and an empty secret is one that everybody knows. */
function isEmpty(file: string): boolean {
  return statSync(file, { throwIfNoEntry: false })?.size === 0;
}

/** Written aside first, so that the file is there with its secret or not at all; of two that start at once one wins. */
function make(file: string): void {
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, randomBytes(48).toString('base64url'), { mode: 0o600 });
  try {
    linkSync(draft, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    rmSync(draft);
  }
}
