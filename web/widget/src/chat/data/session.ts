import { claimsOf } from '../../../../client/claims.js';
import { safeStorage, storedObject } from '../../../../shared/safe-storage.js';
import type { Visitor } from '../../loader/chat-host.js';
import { DeviceStore, MINE } from './device-store.js';
import { personOf } from './person.js';

interface Stored {
  readonly donorId?: string;
  /** Of the desk: made with a guest's first ticket, or by a link from an email. Never one that the page gave. */
  readonly token?: string;
  readonly email?: string;
  readonly name?: string;
  /** The ticket that was open when the page was left. */
  readonly ticketId?: string;
}

/** What another tab did: took everything away, became somebody else, got a guest's token, or read or opened a ticket. */
export type TabChange = 'forgotten' | 'person' | 'token' | 'ticket';

const SEEN = 'seen/';
/** Donor tokens of the desk begin so. */
const OURS = 'cdt_';

/**
 * What this browser knows of the person before it, from their first ticket on. Each conversation has an entry of its own, and
 * everything is read again when it is needed: other tabs write too.
 */
export class Session {
  #visitor: Visitor;
  readonly store: DeviceStore;
  #closed = false;
  /** The token that this tab last knew of. */
  #known: string | undefined;

  constructor(origin: string, visitor: Visitor) {
    this.#visitor = visitor;
    this.store = new DeviceStore(origin, personOf(visitor));
    if (!visitor.token) this.#takeOver(`concierge:${origin}${visitor.donorId ? `:${visitor.donorId}` : ''}`);
    this.#known = this.token;
  }

  get visitor(): Visitor {
    return this.#visitor;
  }

  get token(): string | undefined {
    return this.visitor.token ?? this.ownToken;
  }

  /** The token that this browser keeps, the person who the page says is there. */
  get ownToken(): string | undefined {
    return this.#stored.token;
  }

  get donorId(): string | undefined {
    return this.visitor.donorId ?? this.#stored.donorId;
  }

  get email(): string {
    return this.visitor.email ?? this.#claim('email') ?? this.#stored.email ?? '';
  }

  get name(): string {
    return this.visitor.name ?? this.#claim('username') ?? this.#stored.name ?? '';
  }

  get ticketId(): string | undefined {
    return this.#stored.ticketId;
  }

  /** Whether there is anything to forget. */
  get isKept(): boolean {
    return this.visitor.token !== undefined || this.store.getItem(MINE) !== null;
  }

  seen(ticketId: string): number {
    return Number(this.store.getItem(SEEN + ticketId)) || 0;
  }

  setSeen(ticketId: string, seq: number): void {
    if (!this.#closed && seq > this.seen(ticketId)) this.store.setItem(SEEN + ticketId, String(seq));
  }

  /** Of somebody whom the page proves to be there, only where they were is kept. */
  keep(change: Stored): void {
    if (this.#closed) return;
    const { ticketId } = change;
    const kept = this.visitor.token ? 'ticketId' in change && { ticketId } : change;
    this.store.setItem(MINE, JSON.stringify({ ...this.#stored, ...kept }));
    this.#known = this.token;
  }

  /** The token is worth nothing any more. */
  forgetToken(): void {
    this.keep({ token: undefined, ticketId: undefined });
  }

  /** Tells what other tabs do to these entries; answers how to stop. */
  watch(tell: (change: TabChange, ticketId: string) => void): () => void {
    return this.store.watch((key, isGone) => {
      const before = this.#known;
      this.#known = this.token;
      if (key === MINE && isGone) tell('forgotten', '');
      else if (before !== this.#known) tell(before === undefined ? 'token' : 'person', '');
      else if (key.startsWith(SEEN)) tell('ticket', key.slice(SEEN.length));
    });
  }

  /** The page says more of the same person, or has a newer token of theirs. */
  renew(visitor: Visitor): void {
    this.#visitor = visitor;
    this.#known = this.token;
  }

  /** Nothing more is kept: an answer that is still under way may be another person's by then. */
  close(): void {
    this.#closed = true;
  }

  /** What this guest read and has not sent yet belongs to somebody whom the page has named; the rest goes. */
  handOver(to: Session): void {
    this.store.removeItem(MINE);
    this.store.moveTo(to.store);
  }

  /**
   * Runs the request for a guest's first ticket, which brings the token. Two tabs that did so at once would be two guests of
   * whom one is lost, so the second waits and then has the token of the first.
   */
  async alone<Result>(work: () => Promise<Result>): Promise<Result> {
    const { locks } = navigator as { locks?: LockManager };
    if (this.token !== undefined || !locks) return work();
    const request = { isGranted: false };
    try {
      return await locks.request(this.store.name, () => {
        request.isGranted = true;
        return work();
      });
    } catch (error) {
      // Sandboxed pages have no locks.
      if (request.isGranted) throw error;
      return work();
    }
  }

  get #stored(): Stored {
    return storedObject(this.store.getItem(MINE));
  }

  /** What the page's token says, which needs no keeping. */
  #claim(name: string): string | undefined {
    const claim = this.visitor.token && claimsOf(this.visitor.token)[name];
    return typeof claim === 'string' ? claim : undefined;
  }

  /** Earlier versions kept one entry for the site, a page's token in it. A guest's goes on; anything else goes. */
  #takeOver(key: string): void {
    const { seen, ...stored } = storedObject(safeStorage.getItem(key));
    // What no earlier version has written.
    if (!seen) return;
    if (this.visitor.email !== undefined && this.visitor.email !== stored.email) return;
    safeStorage.removeItem(key);
    if (typeof stored.token !== 'string' || !stored.token.startsWith(OURS)) return;
    this.keep(stored);
    for (const [ticketId, seq] of Object.entries(storedObject(JSON.stringify(seen))))
      this.setSeen(ticketId, Number(seq));
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
