import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { TicketPresence, type PresenceSource } from '../../../domain/presence/ticket-presence.js';
import { Redis } from '../../../platform/redis/redis.js';
import { ONLINE_GROUP } from './presence.js';
import { ticketRoom } from '../rooms/rooms.js';
import { Roster } from './roster.js';
import { SOCKET_SERVER, type SocketServer } from '../server/socket-state.js';
import { VIEWERS_GROUP } from './viewers.js';

const PATIENCE_MS = 1_000;

/** Tells the rest of the house who is there: it may ask, and never learns of sockets. */
@Injectable()
export class RosterPresence implements PresenceSource, OnModuleInit {
  constructor(
    @Inject(SOCKET_SERVER) private readonly io: SocketServer,
    private readonly presence: TicketPresence,
    private readonly roster: Roster,
    private readonly redis: Redis,
  ) {}

  onModuleInit(): void {
    this.presence.fill(this);
  }

  async viewers(ticketId: string): Promise<number[]> {
    const sockets = await this.roster.list<{ id: number }>(VIEWERS_GROUP + ticketId);
    return [...new Set([...sockets.values()].map(({ id }) => id))];
  }

  /** Those with a socket here need not wait to be entered into the roster. */
  async staff(): Promise<number[]> {
    const everywhere = await this.roster.list<number[]>(ONLINE_GROUP);
    const here = [...this.io.sockets.sockets.values()].flatMap(({ data: { actor } }) =>
      actor.kind === 'staff' ? [actor.id] : [],
    );
    return [...new Set([...[...everywhere.values()].flat(), ...here])];
  }

  /** Donors are the only ones in a ticket's public room. When other processes do not answer, we go by our own. */
  async donorIsHere(ticketId: string): Promise<boolean> {
    const room = ticketRoom(ticketId);
    if ((await this.io.local.in(room).fetchSockets()).length > 0) return true;
    const { connection } = this.redis;
    if (!connection?.isAvailable) return false;
    try {
      return (await this.io.timeout(PATIENCE_MS).in(room).fetchSockets()).length > 0;
    } catch (error) {
      connection.report(error);
      return false;
    }
  }
}
