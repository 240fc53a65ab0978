import { encodeCursor, type Cursor } from './cursor.js';

/** One page of a list. */
export interface Page<T> {
  items: T[];
  /** Undefined on the last page. */
  nextCursor: string | undefined;
  /** How many there are in all; undefined where the list does not count, as on pages reached by cursor. */
  total?: number | undefined;
  /** There are more than `total`. */
  totalIsEstimate?: boolean;
}

/** Cuts a page of `limit` rows from what was read: one row more, where there is a next page. */
export function pageOf<Row>(rows: Row[], limit: number, placeOf: (row: Row) => Cursor): Page<Row> {
  const items = rows.slice(0, limit);
  const last = rows.length > limit ? items.at(-1) : undefined;
  return { items, nextCursor: last === undefined ? undefined : encodeCursor(placeOf(last)) };
}
