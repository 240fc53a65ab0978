import { Inject, Injectable } from '@nestjs/common';
import { Database } from '../../../platform/database/database.service.js';
import { Broadcaster } from './broadcaster.js';
import { Periodic } from '../../../platform/schedule/periodic.decorator.js';
import { HEAD_EVERY_MS } from '../server/realtime-timing.js';
import { readHeads } from './ticket-heads.queries.js';
import { followedIn, followingRoom } from '../rooms/rooms.js';
import { SOCKET_SERVER, type SocketServer } from '../server/socket-state.js';

const BATCH = 500;

/**
 * Tells every followed ticket's room how far its log reaches. Read from the database, so that a client notices what was
 * lost on the way to it, whichever process has written it.
 */
@Injectable()
export class TicketHeads {
  constructor(
    @Inject(SOCKET_SERVER) private readonly io: SocketServer,
    private readonly database: Database,
    private readonly broadcaster: Broadcaster,
  ) {}

  /** Once for every room of this process, in batches, so that thousands of rooms do not hold up everything else. */
  @Periodic(HEAD_EVERY_MS, 'followers are not told how far their tickets have come')
  async emitHeads(): Promise<void> {
    const tickets = this.followed();
    for (let start = 0; start < tickets.length; start += BATCH) {
      const heads = await readHeads(this.database, tickets.slice(start, start + BATCH));
      for (const { id, lastSeq, lastPublicSeq } of heads) {
        this.emitHead(followingRoom(id, 'staff'), id, lastSeq);
        this.emitHead(followingRoom(id, 'donor'), id, lastPublicSeq);
      }
    }
  }

  private emitHead(room: string, ticketId: string, seq: number): void {
    if (!this.io.sockets.adapter.rooms.has(room)) return;
    this.broadcaster.send({ rooms: [room], local: true }, 'ticket:head', { ticketId, seq });
  }

  private followed(): string[] {
    const tickets = new Set<string>();
    for (const room of this.io.sockets.adapter.rooms.keys()) {
      const followed = followedIn(room);
      if (followed !== undefined) tickets.add(followed.ticketId);
    }
    return [...tickets];
  }
}
