import { randomUUID } from 'node:crypto';
import type { DoneBy, NewOwner, SystemMessage } from '../../contract/system-messages.js';
import { message } from '../../platform/i18n/messages.js';
import type { Actor } from '../auth/actor.js';
import type { NewMessage } from '../event-log/rows.js';

/**
 * A line that everybody on the ticket reads, for clients that only follow messages. Its text in English is for those that do not know
 * the key.
 */
export function systemMessage(system: SystemMessage): NewMessage & { system: SystemMessage } {
  return {
    id: randomUUID(),
    senderId: 'system',
    senderType: 'system',
    senderName: null,
    content: message('en', `system.${system.key}`, system.params),
    messageType: 'system',
    system,
    clientMessageId: null,
    channel: 'api',
  };
}

/** What a line says of who did it, from which each face tells its reader's own doings. */
export function doneBy(actor: Actor): DoneBy {
  return actor.kind === 'staff' ? { byId: String(actor.id), byName: actor.name } : {};
}

/** What it says of who owns the ticket from here on, and by whose doing. */
export function newOwner({ id, name }: { id: number; name: string }, actor: Actor): NewOwner {
  return { adminId: String(id), name, ...doneBy(actor) };
}
