import { Store } from './store.js';

const ASKED = 'concierge:asked';

/** What this page knows of links by mail. */
class LinkState extends Store<{ readonly stale: boolean }> {
  constructor() {
    super({ stale: false });
  }

  /** The link that led here opens nothing. */
  fail(): void {
    this.set({ stale: true });
  }

  /** Whether somebody asked for a link here. */
  get asked(): boolean {
    try {
      return localStorage.getItem(ASKED) !== null;
    } catch {
      // Forbidden: nothing is kept here that a link could bring along.
      return false;
    }
  }

  set asked(asked: boolean) {
    try {
      if (asked) localStorage.setItem(ASKED, '1');
      else localStorage.removeItem(ASKED);
    } catch {
      // Forbidden: the link works all the same.
    }
  }
}

export const linkState = new LinkState();
