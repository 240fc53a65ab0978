import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

function read(): string {
  for (let folder = import.meta.dirname; folder !== dirname(folder); folder = dirname(folder)) {
    const file = join(folder, 'package.json');
    if (existsSync(file)) return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version;
  }
  throw new Error('package.json is missing from this installation.');
}

/** The version in package.json, the same from `src` and from `dist`. */
export const PRODUCT_VERSION = read();
