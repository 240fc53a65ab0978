import { deviceNow } from '../../../../client/clock.js';
import { newRequestKey } from './session.js';
import { Store } from './store.js';

const ASKED = 'concierge:asked';
/** As long as a link works, in ms: after that nobody waits for one here. */
const WAITS = 15 * 60_000;

/** A link that was not asked for here: what it would do, and what the person decides. */
export interface ForeignLink {
  readonly email: string;
  readonly accept: () => void;
}

interface Asked {
  readonly nonce: string;
  readonly until: number;
}

/** What this page knows of links by mail. */
class LinkState extends Store<{ readonly stale: boolean; readonly foreign?: ForeignLink }> {
  constructor() {
    super({ stale: false });
  }

  /** The link that led here opens nothing. */
  fail(): void {
    this.set({ stale: true, foreign: undefined });
  }

  /** Somebody has to say whether they mean this link. */
  confirm(foreign: ForeignLink | undefined): void {
    this.set({ foreign });
  }

  /** What shows that a link was asked for in this browser. */
  get nonce(): string | undefined {
    const asked = read();
    return asked && asked.until > deviceNow() ? asked.nonce : undefined;
  }

  /** Whether somebody asked for a link here, and may still open it. */
  get asked(): boolean {
    return this.nonce !== undefined;
  }

  /** True makes a nonce, or keeps the last one for longer: the newest link may not be the one that is opened. */
  set asked(asked: boolean) {
    try {
      if (!asked) localStorage.removeItem(ASKED);
      else
        localStorage.setItem(
          ASKED,
          JSON.stringify({ nonce: this.nonce ?? newRequestKey(), until: deviceNow() + WAITS }),
        );
    } catch {
      // Forbidden: a link then asks whether it is meant.
    }
  }
}

function read(): Asked | undefined {
  try {
    const { nonce, until } = JSON.parse(localStorage.getItem(ASKED) ?? '{}') as Partial<Asked>;
    return typeof nonce === 'string' && typeof until === 'number' ? { nonce, until } : undefined;
  } catch {
    return undefined;
  }
}

export const linkState = new LinkState();
