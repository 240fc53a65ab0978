/** What the browser forbids to keep, or has no room for; shared by all of the page, and gone with it. */
const memory = new Map<string, string>();

/** `localStorage` that never throws: what cannot be kept stays in this page's memory. */
export const safeStorage = {
  getItem(key: string): string | null {
    return memory.get(key) ?? attempt((storage) => storage.getItem(key)) ?? null;
  },
  setItem(key: string, value: string): void {
    memory.set(key, value);
    attempt((storage) => {
      storage.setItem(key, value);
      memory.delete(key);
    });
  },
  removeItem(key: string): void {
    memory.delete(key);
    attempt((storage) => storage.removeItem(key));
  },
  keys(): string[] {
    return [...memory.keys(), ...(attempt((storage) => Object.keys(storage)) ?? [])];
  },
};

/** The object in a stored text; empty for anything else that may stand there. */
export function storedObject(text: string | null): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text ?? '');
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}

/** Already the name `localStorage` throws where a browser forbids it. */
function attempt<Result>(work: (storage: Storage) => Result): Result | undefined {
  try {
    return work(localStorage);
  } catch {
    return undefined;
  }
}
