import type { OutboxStorage } from '../../../../client/live/outbox-store.js';
import { safeStorage, storedObject } from '../../../../shared/safe-storage.js';
import { GUEST } from './person.js';

/** Ends before the person's name, so that no other origin's name begins like it. */
const prefixOf = (origin: string) => `concierge:widget:${origin}|`;
/** What is known of whom the page does not name; the key that every version has had for it. */
const guestKeyOf = (origin: string) => `concierge:${origin}`;
/** The entry about the person. */
export const MINE = 'me';

/** The entries that this browser keeps of one person at one desk. */
export class DeviceStore implements OutboxStorage {
  /** The beginning of its keys. */
  readonly name: string;
  readonly #mine: string;
  readonly #items: typeof safeStorage;

  /** Without a `person` nothing outlives this object. */
  constructor(origin: string, person: string | undefined) {
    this.name = `${prefixOf(origin)}${person}/`;
    this.#mine = person === GUEST ? guestKeyOf(origin) : this.name + MINE;
    this.#items = person === undefined ? inMemory() : safeStorage;
  }

  getItem(key: string): string | null {
    return this.#items.getItem(this.#keyOf(key));
  }

  setItem(key: string, value: string): void {
    this.#items.setItem(this.#keyOf(key), value);
  }

  removeItem(key: string): void {
    this.#items.removeItem(this.#keyOf(key));
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
      if (key === this.#mine) tell(MINE, newValue === null);
      else if (key?.startsWith(this.name)) tell(key.slice(this.name.length), newValue === null);
    };
    addEventListener('storage', listen);
    return () => removeEventListener('storage', listen);
  }

  #keyOf(key: string): string {
    return key === MINE ? this.#mine : this.name + key;
  }
}

/** Takes away everything that this browser keeps for a desk, no matter whose it is; answers the tokens among it. */
export function clearDevice(origin: string): string[] {
  const guest = guestKeyOf(origin);
  const keys = safeStorage.keys().filter((key) => key === guest || key.startsWith(prefixOf(origin)));
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
