import { useState } from 'react';

interface Held<T> {
  /** What to show: known rows where they were, with what is new about them. */
  readonly rows: readonly T[];
  /** How many rows wait to be shown. */
  readonly waiting: number;
  /** Shows everything in its true order. */
  readonly release: () => void;
}

/**
 * Rows do not move under a hand that is about to click. What changes while the page is open is told as a number until
 * `release`; another `key` (other filters, one more page) takes the new order at once.
 */
export function useHeldOrder<T extends { readonly id: string }>(rows: readonly T[], key: string): Held<T> {
  const [held, setHeld] = useState<{ key: string; rows: readonly T[] }>({ key, rows });
  const release = (): void => setHeld({ key, rows });
  if (held.key !== key || (held.rows.length === 0 && rows.length > 0)) {
    release();
    return { rows, waiting: 0, release };
  }
  const latest = new Map(rows.map((row) => [row.id, row]));
  const known = new Set(held.rows.map((row) => row.id));
  const shown = held.rows.map((row) => latest.get(row.id) ?? row);
  const waiting =
    rows.filter((row) => !known.has(row.id)).length + held.rows.filter((row) => !latest.has(row.id)).length;
  return { rows: shown, waiting, release };
}
