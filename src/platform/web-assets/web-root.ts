import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** Where the built faces lie, seen from src/ and from dist/ alike. */
const WEB_ROOT = resolve(import.meta.dirname, '../../../web');

/** A face's folder of built files, or undefined where it was not built (an API-only start, tests of the server). */
export function faceFolder(face: 'widget' | 'dashboard' | 'demo'): string | undefined {
  const folder = face === 'demo' ? join(WEB_ROOT, 'demo') : join(WEB_ROOT, face, 'dist');
  return existsSync(folder) ? folder : undefined;
}
