/** `localStorage` that never throws: what cannot be kept stays in this page's memory. */
export const safeStorage = safe(() => localStorage);

/** The same of `sessionStorage`, which each tab has for itself. */
export const tabStorage = safe(() => sessionStorage);

export type SafeStorage = ReturnType<typeof safe>;

/** The object in a stored text; empty for anything else that may stand there. */
export function storedObject(text: string | null): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text ?? '');
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}

function safe(storage: () => Storage) {
  /** What the browser forbids to keep, or has no room for; shared by all of the page, and gone with it. */
  const memory = new Map<string, string>();
  /** Already the name `localStorage` throws where a browser forbids it. */
  const attempt = <Result>(work: (storage: Storage) => Result): Result | undefined => {
    try {
      return work(storage());
    } catch {
      return undefined;
    }
  };
  return {
    getItem: (key: string): string | null => memory.get(key) ?? attempt((kept) => kept.getItem(key)) ?? null,
    setItem(key: string, value: string): void {
      memory.set(key, value);
      attempt((kept) => {
        kept.setItem(key, value);
        memory.delete(key);
      });
    },
    removeItem(key: string): void {
      memory.delete(key);
      attempt((kept) => kept.removeItem(key));
    },
    keys: (): string[] => [...memory.keys(), ...(attempt(Object.keys) ?? [])],
  };
}
