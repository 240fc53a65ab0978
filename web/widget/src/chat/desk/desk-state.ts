import type { Failure } from '../../../../client/failure.js';
import type { Place } from '../data/device-store.js';
import type { Opening } from './opening.js';
import type { Ticket } from '../data/thread.js';
import type { Unread } from '../data/unread.js';

export interface DeskState {
  readonly place: Place;
  /** Newest first; undefined until they are known. */
  readonly tickets: readonly Ticket[] | undefined;
  readonly listFailure?: Failure;
  /** The conversations on this device can no longer be opened from it. */
  readonly signedOut: boolean;
  /** Everything was just taken off this device. */
  readonly forgotten: boolean;
  /** What is new in a ticket; of those that have something. */
  readonly unread: ReadonlyMap<string, Unread>;
  /** As the desk said a moment ago; undefined until it has. */
  readonly opening?: Opening;
}
