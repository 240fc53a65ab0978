import { useEffect, useState } from 'preact/hooks';

/** State that views look at: replaced as a whole, never changed in place. */
export class Store<T extends object> {
  #state: T;
  readonly #listeners = new Set<(state: T) => void>();

  constructor(state: T) {
    this.#state = state;
  }

  get state(): T {
    return this.#state;
  }

  subscribe(listener: (state: T) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  protected set(change: Partial<T>): void {
    this.#state = { ...this.#state, ...change };
    for (const listener of [...this.#listeners]) listener(this.#state);
  }
}

/** The store's state, in a component that follows it. */
export function useStore<T extends object>(store: Store<T>): T {
  const [, show] = useState(store.state);
  useEffect(() => {
    show(store.state);
    return store.subscribe(show);
  }, [store]);
  return store.state;
}
