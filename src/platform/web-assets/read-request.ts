import type { Request } from 'express';
import { LOCALES, type Locale } from '../../contract/locales.js';

/** Whether a request only reads: pages and files answer no other. */
export const isRead = ({ method }: Request): boolean => method === 'GET' || method === 'HEAD';

/** The language of the reader's browser. An answer that depends on it says so: `Vary: Accept-Language`. */
export const readersLocale = (request: Request): Locale =>
  LOCALES.find((known) => known === request.acceptsLanguages([...LOCALES])) ?? 'en';
