import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { CatchUp } from '../../contract/ticket-events.js';
import { eventActor, type Actor, type StaffActor } from '../../domain/auth/actor.js';
import { staffOnly } from '../../domain/auth/auth.errors.js';
import { Timeline } from '../../domain/timeline/timeline.service.js';
import { TicketAccess } from '../../domain/tickets/ticket-access.service.js';
import { ticketNotFound } from '../../domain/tickets/ticket.errors.js';
import { Presence } from './presence.js';
import { followingRoom, MONITOR_ROOM } from './rooms.js';
import { SocketAuth } from './socket-auth.js';
import { SocketRouter, type SocketRequest } from './socket-router.js';
import type { ClientSocket } from './socket-state.js';
import { AuthorizeDto, JoinTicketDto, TicketDto } from './ticket-socket.dto.js';
import { Viewers } from './viewers.js';

/** Who a socket is, and what it follows. */
@Injectable()
export class FollowGateway implements OnModuleInit {
  constructor(
    private readonly router: SocketRouter,
    private readonly auth: SocketAuth,
    private readonly access: TicketAccess,
    private readonly timeline: Timeline,
    private readonly viewers: Viewers,
    private readonly presence: Presence,
  ) {}

  onModuleInit(): void {
    const { router } = this;
    router.on('authorize', AuthorizeDto, (request) => this.authorize(request), { anybody: true });
    router.on('join_ticket', JoinTicketDto, (request) => this.join(request));
    router.on('leave_ticket', TicketDto, (request) => this.leave(request));
    router.on('admin_join_ticket_monitor', null, (request) => this.watch(request));
    router.on('admin_leave_ticket_monitor', null, ({ socket }) => this.unwatch(socket));
    router.on('ticket:viewing', TicketDto, (request) => this.view(request));
  }

  /** S5 §Authentication. */
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
  private async join({ socket, actor, body }: SocketRequest<JoinTicketDto>): Promise<CatchUp> {
    const ticket = await this.access.read(actor, body.ticketId, 'take_part_by_link');
    if ((body.donorId ?? ticket.donorId) !== ticket.donorId) throw ticketNotFound();
    const audience = actor.kind === 'staff' ? 'staff' : 'donor';
    if (socket.connected) await socket.join(followingRoom(ticket.id, audience));
    socket.data.followed.set(ticket.id, eventActor(actor, ticket));
    socket.data.proven = true;
    return this.timeline.catchUp(ticket, audience, body.lastSeq ?? 0);
  }

  private async leave({ socket, body }: SocketRequest<TicketDto>): Promise<object> {
    const { ticketId } = body;
    await socket.leave(followingRoom(ticketId, 'staff'));
    await socket.leave(followingRoom(ticketId, 'donor'));
    socket.data.followed.delete(ticketId);
    await this.viewers.lookAway(socket, ticketId);
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

  private async view({ socket, actor, body }: SocketRequest<TicketDto>): Promise<object> {
    const staff = mustBeStaff(actor);
    if (!socket.data.followed.has(body.ticketId)) await this.access.read(actor, body.ticketId, 'work');
    if (socket.connected) await this.viewers.look(socket, staff, body.ticketId);
    return {};
  }
}

function mustBeStaff(actor: Actor): StaffActor {
  if (actor.kind !== 'staff') throw staffOnly(actor);
  return actor;
}
