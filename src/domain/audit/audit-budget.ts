import { LRUCache } from 'lru-cache';

const MINUTE_MS = 60_000;
/** Addresses are cheap: beyond this many the oldest are forgotten, and the sum over all still holds. */
const MOST_KEYS = 5_000;

interface Window {
  endsAt: number;
  used: number;
  refused: number;
}

/** Whether one more entry may be written; `leftOut` were refused since the last that was. */
export interface BudgetVerdict {
  granted: boolean;
  leftOut: number;
}

/** Lets so many entries a minute through for one key, and so many for all keys together. */
export class AuditBudget {
  private readonly windows = new LRUCache<string, Window>({ max: MOST_KEYS });
  private everybody: Window = { endsAt: 0, used: 0, refused: 0 };

  constructor(
    private readonly perKey: number,
    private readonly inAll: number,
  ) {}

  ask(key: string, now = Date.now()): BudgetVerdict {
    const window = current(this.windows.get(key), now);
    this.windows.set(key, window);
    this.everybody = current(this.everybody, now);
    if (window.used >= this.perKey || this.everybody.used >= this.inAll) {
      window.refused++;
      return { granted: false, leftOut: 0 };
    }
    window.used++;
    this.everybody.used++;
    const leftOut = window.refused;
    window.refused = 0;
    return { granted: true, leftOut };
  }
}

/** A new minute starts with the first that asks after the last has ended; what was left out stays to be told. */
function current(window: Window | undefined, now: number): Window {
  if (window !== undefined && now < window.endsAt) return window;
  return { endsAt: now + MINUTE_MS, used: 0, refused: window?.refused ?? 0 };
}
