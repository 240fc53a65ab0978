import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { CatchUp } from '../../../contract/events/event-payload.js';
import type { Actor, StaffActor } from '../../../domain/auth/actor.js';
import { staffOnly } from '../../../domain/auth/auth.errors.js';
import { Timeline } from '../../../domain/timeline/timeline.service.js';
import { Following } from '../rooms/following.js';
import { Presence } from '../presence/presence.js';
import { MONITOR_ROOM } from '../rooms/rooms.js';
import { SocketAuth } from './socket-auth.js';
import { SocketRouter, type SocketRequest } from './socket-router.js';
import type { ClientSocket } from '../server/socket-state.js';
import { AuthorizeDto, JoinTicketDto, TicketDto } from './ticket-socket.dto.js';
import { Viewers } from '../presence/viewers.js';

/** Who a socket is, and what it follows. */
@Injectable()
export class FollowGateway implements OnModuleInit {
  constructor(
    private readonly router: SocketRouter,
    private readonly auth: SocketAuth,
    private readonly following: Following,
    private readonly timeline: Timeline,
    private readonly viewers: Viewers,
    private readonly presence: Presence,
  ) {}

  onModuleInit(): void {
    const { router } = this;
    const [free, reads] = [{ limit: 'none' }, { limit: 'reads' }] as const;
    router.on('authorize', AuthorizeDto, (request) => this.authorize(request), { ...free, anybody: true });
    router.on('join_ticket', JoinTicketDto, (request) => this.join(request), reads);
    router.on('leave_ticket', TicketDto, (request) => this.leave(request), free);
    router.on('admin_join_ticket_monitor', null, (request) => this.watch(request), reads);
    router.on('admin_leave_ticket_monitor', null, ({ socket }) => this.unwatch(socket), free);
    router.on('ticket:viewing', TicketDto, (request) => this.view(request), free);
  }

  /** Signs a socket in after it has connected. */
  private async authorize({
    socket,
    body,
  }: SocketRequest<AuthorizeDto>): Promise<{ actor: 'donor' | 'staff' }> {
    const before = socket.data.actor.key;
    const actor = await this.auth.authorize(socket, body.token);
    if (actor.key !== before) await this.viewers.left(socket);
    return { actor: actor.kind };
  }

  /**
   * Joins the room first and reads the log after that: an event committed in between arrives twice, never not at all, and
   * the client drops what it has by its number.
   */
  private async join(request: SocketRequest<JoinTicketDto>): Promise<CatchUp> {
    const { ticketId, donorId, lastSeq = 0 } = request.body;
    const { ticket, audience } = await this.following.start(request, ticketId, donorId);
    return this.timeline.catchUp(ticket, audience, lastSeq);
  }

  private async leave({ socket, body }: SocketRequest<TicketDto>): Promise<object> {
    await this.following.stop(socket, body.ticketId);
    await this.viewers.lookAway(socket, body.ticketId);
    return {};
  }

  private async watch({ socket, actor }: SocketRequest<object>): Promise<object> {
    mustBeStaff(actor);
    if (socket.connected) await socket.join(MONITOR_ROOM);
    await this.presence.tell(socket.id);
    return {};
  }

  private async unwatch(socket: ClientSocket): Promise<object> {
    await socket.leave(MONITOR_ROOM);
    return {};
  }

  private async view(request: SocketRequest<TicketDto>): Promise<object> {
    const { socket, body } = request;
    const staff = mustBeStaff(request.actor);
    await this.following.nameOf(request, body.ticketId, 'work');
    if (socket.connected) await this.viewers.look(socket, staff, body.ticketId);
    return {};
  }
}

function mustBeStaff(actor: Actor): StaffActor {
  if (actor.kind !== 'staff') throw staffOnly(actor);
  return actor;
}
