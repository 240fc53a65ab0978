import type { OutboxStorage } from '../../../../client/live/outbox-store.js';
import { safeStorage, storedObject, tabStorage, type SafeStorage } from '../../../../shared/safe-storage.js';
import type { Mode } from './donor-api.js';
import { GUEST } from './person.js';

/** Ends before the person's name, so that no other origin's name begins like it. */
const prefixOf = (origin: string) => `concierge:widget:${origin}|`;
/** What is known of whom the page does not name; the key that every version has had for it. */
const guestKeyOf = (origin: string) => `concierge:${origin}`;
/** The entry about the person. */
export const MINE = 'me';
/** The entry about the page that was left in this tab. */
const LEFT = 'left';

/** How the page was left: the panel, what it showed, and the call that the donor was in. */
export interface Left {
  readonly open: boolean;
  readonly place: Place;
  readonly callId?: string;
  /** The donor has asked to be back in the call. */
  readonly rejoin?: boolean;
}

export type Place =
  | { readonly name: 'home' }
  | { readonly name: 'form'; readonly mode?: Mode }
  | { readonly name: 'ticket'; readonly ticketId: string };

/** The entries that this browser keeps of one person at one desk. */
export class DeviceStore implements OutboxStorage {
  /** The beginning of its keys. */
  readonly name: string;
  readonly #mine: string;
  readonly #items: SafeStorage;
  readonly #ofTab: SafeStorage;

  /** Without a `person` nothing outlives this object. */
  constructor(origin: string, person: string | undefined) {
    this.name = `${prefixOf(origin)}${person}/`;
    this.#mine = person === GUEST ? guestKeyOf(origin) : this.name + MINE;
    this.#items = person === undefined ? inMemory() : safeStorage;
    this.#ofTab = person === undefined ? this.#items : tabStorage;
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

  /** What the next page of this tab is to know. */
  get left(): Left | undefined {
    const { place, ...left } = storedObject(this.#ofTab.getItem(this.name + LEFT));
    return typeof place === 'object' ? ({ place, ...left } as Left) : undefined;
  }

  set left(left: Left | undefined) {
    if (left) this.#ofTab.setItem(this.name + LEFT, JSON.stringify(left));
    else this.#ofTab.removeItem(this.name + LEFT);
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
  const tokens = [safeStorage, tabStorage].flatMap((storage) =>
    storage.keys().flatMap((key) => {
      if (key !== guest && !key.startsWith(prefixOf(origin))) return [];
      const { token } = storedObject(storage.getItem(key));
      storage.removeItem(key);
      return token ?? [];
    }),
  );
  return tokens.filter((token) => typeof token === 'string');
}

function inMemory(): SafeStorage {
  const items = new Map<string, string>();
  return {
    getItem: (key) => items.get(key) ?? null,
    setItem: (key, value) => void items.set(key, value),
    removeItem: (key) => void items.delete(key),
    keys: () => [...items.keys()],
  };
}
