import { Injectable } from '@nestjs/common';
import type { StaffActor } from '../../../domain/auth/actor.js';
import { Broadcaster } from '../broadcast/broadcaster.js';
import { Periodic } from '../../../platform/schedule/periodic.decorator.js';
import { RealtimeTiming, VIEWERS_EVERY_MS } from '../server/realtime-timing.js';
import { ticketStaffRoom } from '../rooms/rooms.js';
import { Roster } from './roster.js';
import type { ClientSocket } from '../server/socket-state.js';

type Viewer = Pick<StaffActor, 'id' | 'name' | 'avatar'>;

export const VIEWERS_GROUP = 'viewers:';

/** Which members of staff are looking at a ticket: told to the staff on it whenever that changes. */
@Injectable()
export class Viewers {
  constructor(
    private readonly roster: Roster,
    private readonly broadcaster: Broadcaster,
    private readonly timing: RealtimeTiming,
  ) {}

  /** Somebody looks at a ticket, or still does. */
  async startViewing(
    socket: ClientSocket,
    { id, name, avatar }: StaffActor,
    ticketId: string,
  ): Promise<void> {
    const viewer: Viewer = { id, name, avatar };
    socket.data.viewing.add(ticketId);
    const isNew = await this.roster.put(
      VIEWERS_GROUP + ticketId,
      socket.id,
      viewer,
      this.timing.viewingLasts,
    );
    if (isNew) await this.emitViewers(ticketId);
  }

  /** Somebody looks elsewhere, or is gone. */
  async stopViewing(socket: ClientSocket, ticketId: string): Promise<void> {
    if (!socket.data.viewing.delete(ticketId)) return;
    await this.roster.remove(VIEWERS_GROUP + ticketId, socket.id);
    await this.emitViewers(ticketId);
  }

  async left(socket: ClientSocket): Promise<void> {
    for (const ticketId of [...socket.data.viewing]) await this.stopViewing(socket, ticketId);
  }

  /** Those who have not renewed are taken to have left. */
  @Periodic(VIEWERS_EVERY_MS, 'those who look at a ticket no more are still shown')
  async expire(): Promise<void> {
    const groups = await this.roster.expire();
    for (const group of groups)
      if (group.startsWith(VIEWERS_GROUP)) await this.emitViewers(group.slice(VIEWERS_GROUP.length));
  }

  private async emitViewers(ticketId: string): Promise<void> {
    const sockets = await this.roster.list<Viewer>(VIEWERS_GROUP + ticketId);
    const viewers = [...new Map([...sockets.values()].map((viewer) => [viewer.id, viewer])).values()];
    this.broadcaster.send({ rooms: [ticketStaffRoom(ticketId)] }, 'ticket:viewers', { ticketId, viewers });
  }
}
