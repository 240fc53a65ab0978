import type { DoneBy } from '../../contract/system-messages.js';
import type { Actor } from '../auth/actor.js';

/** What a line of the server says of who did it, from which each face tells its reader's own doings. */
export function doneBy(actor: Actor): DoneBy {
  return actor.kind === 'staff' ? { byId: String(actor.id), byName: actor.name } : {};
}

/** What it says of who owns the ticket from here on. */
export function newOwner({ id, name }: { id: number; name: string }): { adminId: string; name: string } {
  return { adminId: String(id), name };
}
