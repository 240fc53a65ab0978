import type { Failure } from '../../../../client/failure.js';
import type { Ticket } from '../data/thread.js';

export type Place =
  | { readonly name: 'home' }
  | { readonly name: 'form' }
  | { readonly name: 'ticket'; readonly ticketId: string };

export interface DeskState {
  readonly place: Place;
  /** Newest first; undefined until they are known. */
  readonly tickets: readonly Ticket[] | undefined;
  readonly listFailure?: Failure;
  /** The conversations on this device can no longer be opened from it. */
  readonly signedOut: boolean;
  /** Everything was just taken off this device. */
  readonly forgotten: boolean;
  /** Tickets with something new. */
  readonly unread: ReadonlySet<string>;
}
