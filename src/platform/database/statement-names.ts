import { LRUCache } from 'lru-cache';

const MAX_NAMES = 500;
const MAX_CANDIDATES = 2_000;
const USES_BEFORE_NAMING = 3;

/** A statement that holds this comment never gets a name: PostgreSQL plans it again for the values of each use. */
export const PLANNED_EACH_TIME = '/* planned again */';

/**
 * Names for prepared statements: adapter-pg prepares only named statements, and each name stays on every connection for good.
 * A text earns a name by its third use, so that the many shapes of dynamic filters do not use up the `MAX_NAMES`; texts
 * without a name run unprepared.
 */
export class StatementNames {
  readonly #names = new Map<string, string>();
  readonly #uses = new LRUCache<string, number>({ max: MAX_CANDIDATES });

  /** `most`: how many texts get a name. */
  constructor(private readonly most = MAX_NAMES) {}

  /** The name of a statement text, empty to run it unprepared. */
  nameOf(sql: string): string {
    const known = this.#names.get(sql);
    if (known !== undefined || this.#names.size >= this.most || sql.includes(PLANNED_EACH_TIME))
      return known ?? '';
    const uses = (this.#uses.get(sql) ?? 0) + 1;
    if (uses < USES_BEFORE_NAMING) {
      this.#uses.set(sql, uses);
      return '';
    }
    this.#uses.delete(sql);
    const name = `s${this.#names.size}`;
    this.#names.set(sql, name);
    return name;
  }

  /** How many statements carry a name. */
  get size(): number {
    return this.#names.size;
  }
}
