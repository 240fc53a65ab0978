import type pg from 'pg';
import { encodeCursor } from '../src/platform/http/pagination/cursor.js';

/** One way in which staff look for tickets. */
export interface Question {
  label: string;
  /** Most that the 95th percentile may grow by; null where nothing is promised. */
  target: number | null;
  path: (pool: pg.Pool) => string | Promise<string>;
}

const ALLOWED = 1.5;
const page = (query: string) => () => `/tickets?limit=20${query}`;

async function farDown(pool: pg.Pool): Promise<string> {
  const { rows } = await pool.query<{ at: Date; id: string }>(
    `SELECT updated_at AS at, id FROM tickets ORDER BY updated_at DESC, id DESC OFFSET (SELECT count(*) * 9 / 10 FROM tickets) LIMIT 1`,
  );
  return `/tickets?cursor=${encodeCursor(rows[0]!)}`;
}

export const TICKETS_FOUND_BY: Question[] = [
  { label: 'list of 20, with its total', target: ALLOWED, path: page('') },
  { label: 'list, by cursor, nine tenths down', target: ALLOWED, path: farDown },
  { label: 'list, one status', target: ALLOWED, path: page('&status=closed') },
  { label: 'list, several statuses', target: ALLOWED, path: page('&status=new,pending,transferred') },
  { label: 'list, my own', target: ALLOWED, path: page('&adminId=me') },
  { label: 'dashboard', target: ALLOWED, path: () => '/tickets/dashboard' },
  { label: 'search, a word of ten tickets', target: ALLOWED, path: page('&q=zebra') },
  { label: 'search, a word of every ticket', target: ALLOWED, path: page('&q=donation') },
  { label: 'search, a ticket’s number', target: ALLOWED, path: page('&q=TKT-20250101-0000042') },
];
