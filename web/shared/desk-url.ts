import { addressOf } from './address.js';

/**
 * Where the desk is, without a slash at its end. The built files of both faces lie two folders below it, so their own address
 * tells, also below a path such as /desk. Vite's server for work on a face passes the API on from its root.
 */
export const DESK_URL: string = import.meta.env.DEV
  ? location.origin
  : import.meta.url.replace(/\/[^/]+\/assets\/[^/]+$/, '');

/** The full address of what the API names by a path of ours, such as an avatar; a full address stays as it is. */
export function atDesk(path: string): string | undefined {
  return addressOf(path.replace(/^\//, ''), `${DESK_URL}/`)?.href;
}
