import type { Failure } from '../../../../client/failure.js';
import type { Place } from '../data/device-store.js';
import type { Ticket } from '../data/thread.js';

export interface DeskState {
  readonly place: Place;
  /** Newest first; undefined until they are known. */
  readonly tickets: readonly Ticket[] | undefined;
  readonly listFailure?: Failure;
  /** The conversations on this device can no longer be opened from it. */
  readonly signedOut: boolean;
  /** Everything was just taken off this device. */
  readonly forgotten: boolean;
  /** How many messages are new in a ticket; of those that have some. */
  readonly unread: ReadonlyMap<string, number>;
}
