import type { RequestHandler } from 'express';
import expressStaticGzip from 'express-static-gzip';

const YEAR_S = 31_536_000;

/** Files whose names carry the hash of their content: kept forever, served precompressed. */
export function hashedFiles(folder: string): RequestHandler {
  return filesOf(folder, { maxAge: YEAR_S, immutable: true });
}

/**
 * The files of a folder, with those that were compressed when they were built for browsers that take them. `maxAge` in seconds. A
 * file that has gone since the start, as in an upgrade, is missing: it goes on to the next handler.
 */
export function filesOf(
  folder: string,
  { maxAge, immutable = false }: { maxAge: number; immutable?: boolean },
): RequestHandler {
  return expressStaticGzip(folder, {
    enableBrotli: true,
    orderPreference: ['br', 'gzip'],
    index: false,
    serveStatic: { maxAge: maxAge * 1_000, immutable, redirect: false },
  });
}
