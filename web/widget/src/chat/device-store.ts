import type { OutboxStorage } from '../../../shared/outbox-store.js';
import { safeStorage, storedObject } from '../../../shared/safe-storage.js';

/** Ends before the person's name, so that no other origin's name begins like it. */
const prefixOf = (origin: string) => `concierge:widget:${origin}|`;

/** The entries that this browser keeps of one person at one desk. */
export class DeviceStore implements OutboxStorage {
  /** The beginning of its keys. */
  readonly name: string;
  readonly #items: typeof safeStorage;

  /** Without a `person` nothing outlives this object. */
  constructor(origin: string, person: string | undefined) {
    this.name = `${prefixOf(origin)}${person}/`;
    this.#items = person === undefined ? inMemory() : safeStorage;
  }

  getItem(key: string): string | null {
    return this.#items.getItem(this.name + key);
  }

  setItem(key: string, value: string): void {
    this.#items.setItem(this.name + key, value);
  }

  removeItem(key: string): void {
    this.#items.removeItem(this.name + key);
  }

  moveTo(other: DeviceStore): void {
    for (const key of this.#items.keys().filter((one) => one.startsWith(this.name))) {
      other.setItem(key.slice(this.name.length), this.#items.getItem(key) ?? '');
      this.#items.removeItem(key);
    }
  }

  /** Tells which entries other tabs change; answers how to stop. */
  watch(tell: (key: string, isGone: boolean) => void): () => void {
    const listen = ({ key, newValue }: StorageEvent) => {
      if (key?.startsWith(this.name)) tell(key.slice(this.name.length), newValue === null);
    };
    addEventListener('storage', listen);
    return () => removeEventListener('storage', listen);
  }
}

/** Takes away everything that this browser keeps for a desk, whoever it is of; answers the tokens among it. */
export function clearDevice(origin: string): string[] {
  const keys = safeStorage.keys().filter((key) => key.startsWith(prefixOf(origin)));
  const tokens = keys.flatMap((key) => storedObject(safeStorage.getItem(key)).token ?? []);
  for (const key of keys) safeStorage.removeItem(key);
  return tokens.filter((token) => typeof token === 'string');
}

function inMemory(): typeof safeStorage {
  const items = new Map<string, string>();
  return {
    getItem: (key) => items.get(key) ?? null,
    setItem: (key, value) => void items.set(key, value),
    removeItem: (key) => void items.delete(key),
    keys: () => [...items.keys()],
  };
}
