import {
  Inject,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
  type OnModuleDestroy,
} from '@nestjs/common';
import { Database } from '../../../platform/database/database.service.js';
import { Broadcaster } from './broadcaster.js';
import { every } from '../server/every.js';
import { RealtimeTiming } from '../server/realtime-timing.js';
import { readHeads } from './ticket-heads.queries.js';
import { followedIn, followingRoom } from '../rooms/rooms.js';
import { SOCKET_SERVER, type SocketServer } from '../server/socket-state.js';

const BATCH = 500;

/**
 * Tells every followed ticket's room how far its log reaches. Read from the database, so that a client notices what was
 * lost on the way to it, whichever process has written it.
 */
@Injectable()
export class TicketHeads implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger('Realtime');
  private stop: (() => Promise<void>) | undefined;

  constructor(
    @Inject(SOCKET_SERVER) private readonly io: SocketServer,
    private readonly database: Database,
    private readonly broadcaster: Broadcaster,
    private readonly timing: RealtimeTiming,
  ) {}

  onApplicationBootstrap(): void {
    this.stop = every(this.timing.headEvery, this.logger, () => this.announce());
  }

  async onModuleDestroy(): Promise<void> {
    await this.stop?.();
  }

  /** Once for every room of this process, in batches, so that thousands of rooms do not hold up everything else. */
  async announce(): Promise<void> {
    const tickets = this.followed();
    for (let start = 0; start < tickets.length; start += BATCH) {
      const heads = await readHeads(this.database, tickets.slice(start, start + BATCH));
      for (const { id, lastSeq, lastPublicSeq } of heads) {
        this.tell(followingRoom(id, 'staff'), id, lastSeq);
        this.tell(followingRoom(id, 'donor'), id, lastPublicSeq);
      }
    }
  }

  private tell(room: string, ticketId: string, seq: number): void {
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
