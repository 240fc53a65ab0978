import { randomUUID } from 'node:crypto';
import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import { Database } from '../../../platform/database/database.service.js';
import { Broadcaster } from '../broadcast/broadcaster.js';
import { Periodic } from '../../../platform/schedule/periodic.decorator.js';
import { PRESENCE_EVERY_MS, RealtimeTiming } from '../server/realtime-timing.js';
import { readAvailabilities } from './availabilities.queries.js';
import { MONITOR_ROOM } from '../rooms/rooms.js';
import { Roster } from './roster.js';
import { SOCKET_SERVER, type SocketServer } from '../server/socket-state.js';

export const ONLINE_GROUP = 'online';

/**
 * Which members of staff are there: anyone who has a socket in any process is as available as they say, everybody else is
 * offline. Each process works that out for itself and tells its own board watchers what has changed.
 */
@Injectable()
export class Presence implements OnModuleDestroy {
  private readonly process = randomUUID();
  /** When each member of staff last had a socket here, ms since the epoch. */
  private readonly seenAt = new Map<number, number>();
  private told = new Map<number, string>();
  private refreshing: Promise<void> = Promise.resolve();

  constructor(
    @Inject(SOCKET_SERVER) private readonly io: SocketServer,
    private readonly database: Database,
    private readonly roster: Roster,
    private readonly broadcaster: Broadcaster,
    private readonly timing: RealtimeTiming,
  ) {}

  async onModuleDestroy(): Promise<void> {
    await this.refreshing.catch(() => undefined);
  }

  /** Looks who is there and tells the board watchers of this process what has changed; one look at a time. */
  @Periodic(PRESENCE_EVERY_MS, 'who is there is not looked at')
  refresh(): Promise<void> {
    this.refreshing = this.refreshing.catch(() => undefined).then(() => this.look());
    return this.refreshing;
  }

  /** Brings somebody who has just joined the board up to date. */
  async sendStates(socketId: string): Promise<void> {
    await this.refresh();
    for (const [userId, availability] of this.told) {
      this.broadcaster.send({ rooms: [socketId], local: true }, 'presence', { userId, availability });
    }
  }

  private async look(): Promise<void> {
    const userIds = await this.online();
    const rows = userIds.length === 0 ? [] : await readAvailabilities(this.database, userIds);
    const now = new Map(rows.map(({ id, availability }) => [id, availability]));
    for (const [userId, availability] of now) {
      if (this.told.get(userId) !== availability) this.emitAvailability(userId, availability);
    }
    for (const userId of this.told.keys()) if (!now.has(userId)) this.emitAvailability(userId, 'offline');
    this.told = now;
  }

  /** Staff with a socket anywhere; those who left a moment ago may be reloading. */
  private async online(): Promise<number[]> {
    const now = Date.now();
    for (const { data } of this.io.sockets.sockets.values()) {
      if (data.actor.kind === 'staff') this.seenAt.set(data.actor.id, now);
    }
    for (const [userId, at] of this.seenAt) {
      if (now - at > this.timing.presenceGrace) this.seenAt.delete(userId);
    }
    const here = [...this.seenAt.keys()];
    if (here.length > 0) await this.roster.put(ONLINE_GROUP, this.process, here);
    else await this.roster.remove(ONLINE_GROUP, this.process);
    const everywhere = await this.roster.list<number[]>(ONLINE_GROUP);
    return [...new Set([...everywhere.values()].flat())];
  }

  private emitAvailability(userId: number, availability: string): void {
    this.broadcaster.send({ rooms: [MONITOR_ROOM], local: true }, 'presence', { userId, availability });
  }
}
