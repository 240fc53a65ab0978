import { Injectable } from '@nestjs/common';
import type { EventActor } from '../../../contract/events/event-payload.js';
import { eventActor, type Actor } from '../../../domain/auth/actor.js';
import type { Audience } from '../../../domain/event-log/event-payload.js';
import { TicketAccess } from '../../../domain/tickets/ticket-access.service.js';
import { ticketNotFound } from '../../../domain/tickets/ticket.errors.js';
import type { TicketAction } from '../../../domain/tickets/ticket.policy.js';
import type { TicketWithOwner } from '../../../domain/event-log/rows.js';
import { Limits } from '../../../platform/http/throttling/limits.js';
import { followingRoom } from './rooms.js';
import type { ClientSocket } from '../server/socket-state.js';

interface Followed {
  ticket: TicketWithOwner;
  audience: Audience;
}

interface Request {
  socket: ClientSocket;
  actor: Actor;
}

/**
 * Which tickets a socket follows. Its rooms alone say so: anyone who loses the right is sent away from the room, by any process
 * (broadcaster.ts), and with that every other right of a follower ends. Nothing else remembers that somebody has joined.
 */
@Injectable()
export class Following {
  constructor(
    private readonly access: TicketAccess,
    private readonly limits: Limits,
  ) {}

  /** Puts the socket into the room of its audience; a `donorId` must be the ticket's. Throws as TicketAccess does. */
  async start({ socket, actor }: Request, ticketId: string, donorId?: string): Promise<Followed> {
    const known = await this.access.read(actor, ticketId, 'take_part_by_link');
    if ((donorId ?? known.donorId) !== known.donorId) throw ticketNotFound();
    const audience = actor.kind === 'staff' ? 'staff' : 'donor';
    if (socket.connected) await socket.join(followingRoom(ticketId, audience));
    const ticket = await this.readAgain({ socket, actor }, ticketId);
    socket.data.names.set(ticketId, eventActor(actor, ticket));
    socket.data.proven = true;
    return { ticket, audience };
  }

  /** The right may have ended between the look and the room, when nobody could be sent away from it yet. */
  private async readAgain({ socket, actor }: Request, ticketId: string): Promise<TicketWithOwner> {
    try {
      return await this.access.read(actor, ticketId, 'take_part_by_link');
    } catch (error) {
      await this.stop(socket, ticketId);
      throw error;
    }
  }

  async stop(socket: ClientSocket, ticketId: string): Promise<void> {
    await socket.leave(followingRoom(ticketId, 'staff'));
    await socket.leave(followingRoom(ticketId, 'donor'));
    socket.data.names.delete(ticketId);
  }

  /**
   * How the ticket's log names the person at this socket. Who does not follow the ticket must be allowed to do this, which is
   * looked up and counts as a read.
   */
  async nameOf({ socket, actor }: Request, ticketId: string, action: TicketAction): Promise<EventActor> {
    const known = isFollowing(socket, ticketId) ? socket.data.names.get(ticketId) : undefined;
    if (known !== undefined) return known;
    await this.limits.spend('reads', actor);
    return eventActor(actor, await this.access.read(actor, ticketId, action));
  }
}

function isFollowing({ rooms }: ClientSocket, ticketId: string): boolean {
  return rooms.has(followingRoom(ticketId, 'donor')) || rooms.has(followingRoom(ticketId, 'staff'));
}
