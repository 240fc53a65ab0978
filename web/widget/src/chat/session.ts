import type { Visitor } from '../loader/chat-host.js';

interface Stored {
  donorId?: string;
  token?: string;
  email?: string;
  name?: string;
  /** The ticket that was open when the page was left. */
  ticketId?: string;
  /** How far each ticket was seen: event numbers by ticket id. */
  seen: Record<string, number>;
}

/**
 * What this browser knows of its donor. Kept in the site's localStorage from the first ticket on, apart for each desk and
 * each donorId, so that people who share a device do not find each other's conversations.
 */
export class Session {
  readonly visitor: Visitor;
  readonly #key: string;
  #stored: Stored;

  constructor(origin: string, visitor: Visitor) {
    this.visitor = visitor;
    this.#key = `concierge:${origin}${visitor.donorId === undefined ? '' : `:${visitor.donorId}`}`;
    this.#stored = this.#load();
  }

  get token(): string | undefined {
    return this.visitor.token ?? this.#stored.token;
  }

  /** A guest's token, where the page has since said who is there. */
  get guestToken(): string | undefined {
    return this.visitor.token && this.#stored.token;
  }

  get donorId(): string | undefined {
    return this.visitor.donorId ?? this.#stored.donorId;
  }

  get email(): string {
    return this.visitor.email ?? this.#stored.email ?? '';
  }

  get name(): string {
    return this.visitor.name ?? this.#stored.name ?? '';
  }

  get ticketId(): string | undefined {
    return this.#stored.ticketId;
  }

  seen(ticketId: string): number {
    return this.#stored.seen[ticketId] ?? 0;
  }

  setSeen(ticketId: string, seq: number): void {
    if (seq > this.seen(ticketId)) this.keep({ seen: { ...this.#stored.seen, [ticketId]: seq } });
  }

  keep(change: Partial<Stored>): void {
    this.#stored = { ...this.#stored, ...change };
    try {
      localStorage.setItem(this.#key, JSON.stringify(this.#stored));
    } catch {
      // Forbidden or full: the conversation goes on, it only does not outlive the page.
    }
  }

  /** The token is worth nothing any more. */
  forgetToken(): void {
    this.keep({ token: undefined, ticketId: undefined });
  }

  #load(): Stored {
    try {
      const stored: unknown = JSON.parse(localStorage.getItem(this.#key) ?? '{}');
      return { seen: {}, ...(typeof stored === 'object' && stored) };
    } catch {
      return { seen: {} };
    }
  }
}

/** A donorId for somebody the page does not name: random, so that it says nothing and cannot be guessed. */
export function newDonorId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return `guest-${Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')}`;
}

/** A key under which a request may be sent twice and is carried out once. */
export function newRequestKey(): string {
  return newDonorId().replace('guest', 'widget');
}

/** Storage for unsent messages that never throws away a message because the browser forbids storage. */
export const safeStorage = {
  getItem(key: string): string | null {
    try {
      return localStorage.getItem(key);
    } catch {
      return null;
    }
  },
  setItem(key: string, value: string): void {
    try {
      localStorage.setItem(key, value);
    } catch {
      // It stays in memory and on its way.
    }
  },
  removeItem(key: string): void {
    try {
      localStorage.removeItem(key);
    } catch {
      // Nothing was kept.
    }
  },
};
