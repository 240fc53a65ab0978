import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** Where the built faces lie, seen from src/ and from dist/ alike. */
const WEB_ROOT = resolve(import.meta.dirname, '../../../web');

/** The others are served as they are written. */
const isBuilt = (face: string): boolean => face === 'widget' || face === 'dashboard';

/** A face's folder of built files, or undefined where it was not built (an API-only start, tests of the server). */
export function faceFolder(face: 'widget' | 'dashboard' | 'demo' | 'conversations'): string | undefined {
  const folder = isBuilt(face) ? join(WEB_ROOT, face, 'dist') : join(WEB_ROOT, face);
  return existsSync(folder) ? folder : undefined;
}
