import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from './cruise.js';

const SKIPPED = new Set(['node_modules', 'dist', 'generated', 'coverage']);

/** Files under a folder of the repository, as paths from its root; nothing when the folder does not exist. */
export function sourceFiles(folder: string, extensions: readonly string[]): string[] {
  return entries(folder).flatMap((entry) => {
    const file = path.posix.join(folder, entry);
    if (statSync(path.join(ROOT, file)).isDirectory())
      return SKIPPED.has(entry) ? [] : sourceFiles(file, extensions);
    return extensions.includes(path.extname(entry)) ? [file] : [];
  });
}

export function read(file: string): string {
  return readFileSync(path.join(ROOT, file), 'utf8');
}

function entries(folder: string): string[] {
  try {
    return readdirSync(path.join(ROOT, folder)).sort();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}
