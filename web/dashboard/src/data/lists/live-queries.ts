import type { Query, QueryClient } from '@tanstack/react-query';

/** Several events of one moment become one fetch, where one is needed. */
const SETTLE_MS = 200;

/** Writes what events tell into what was loaded, and loads again what they do not tell. */
export class LiveQueries {
  readonly #client: QueryClient;
  readonly #wanted = new Set<string>();
  #timer?: ReturnType<typeof setTimeout>;

  constructor(client: QueryClient) {
    this.#client = client;
  }

  /** Writes what `change` makes of the data; loads it where that is nothing, or where a load may bring older data. */
  update<D>(queryKey: Query['queryKey'], change: (data: D) => D | undefined): void {
    const query = this.#client.getQueryCache().find<D>({ queryKey, exact: true });
    if (query === undefined) return;
    const { data, status, fetchStatus, isInvalidated } = query.state;
    const isTrue = status === 'success' && fetchStatus === 'idle' && !isInvalidated;
    const next = isTrue && data !== undefined ? change(data) : undefined;
    if (next === undefined) this.want(String(queryKey[0]));
    else if (next !== data) query.setData(next);
  }

  want(...lists: string[]): void {
    for (const list of lists) this.#wanted.add(list);
    this.#timer ??= setTimeout(() => this.#load(), SETTLE_MS);
  }

  stop(): void {
    clearTimeout(this.#timer);
  }

  /** One that is being loaded waits its turn: somebody may be waiting for that fetch, as for one more page. */
  #load(): void {
    this.#timer = undefined;
    for (const list of [...this.#wanted]) {
      const queryKey = [list];
      if (this.#client.isFetching({ queryKey }) > 0) continue;
      this.#wanted.delete(list);
      void this.#client.invalidateQueries({ queryKey });
    }
    if (this.#wanted.size > 0) this.want();
  }
}
