import { ConnectedSocket, MessageBody, SubscribeMessage, WebSocketGateway } from '@nestjs/websockets';
import type { ClientEvents } from '../../../contract/socket-events.js';
import type { Actor, StaffActor } from '../../../domain/auth/actor.js';
import { Timeline } from '../../../domain/event-log/timeline.service.js';
import { Presence } from '../presence/presence.js';
import { Viewers } from '../presence/viewers.js';
import { Following } from '../rooms/following.js';
import { MONITOR_ROOM } from '../rooms/rooms.js';
import type { ClientSocket } from '../server/socket-state.js';
import type { AnswerOf } from './ack.interceptor.js';
import { Caller } from './caller.decorator.js';
import { EventRules } from './event-rules.decorator.js';
import { NoFieldsPipe } from './no-fields.pipe.js';
import { UseSocketPipeline } from './socket-pipeline.decorator.js';
import { JoinTicketDto, TicketDto } from './ticket-socket.dto.js';

/** What a socket follows. */
@WebSocketGateway()
@UseSocketPipeline()
export class FollowGateway {
  constructor(
    private readonly following: Following,
    private readonly timeline: Timeline,
    private readonly viewers: Viewers,
    private readonly presence: Presence,
  ) {}

  /**
   * Joins the room first and reads the log after that: an event committed in between arrives twice, never not at all, and
   * the client drops what it has by its number.
   */
  @SubscribeMessage<keyof ClientEvents>('join_ticket')
  @EventRules({ limit: 'reads' })
  async joinTicket(
    @ConnectedSocket() socket: ClientSocket,
    @Caller() actor: Actor,
    @MessageBody() { ticketId, donorId, lastSeq = 0 }: JoinTicketDto,
  ): Promise<AnswerOf<'join_ticket'>> {
    const { ticket, audience } = await this.following.start({ socket, actor }, ticketId, donorId);
    return this.timeline.catchUp(ticket, audience, lastSeq);
  }

  @SubscribeMessage<keyof ClientEvents>('leave_ticket')
  @EventRules({ limit: 'none' })
  async leaveTicket(
    @ConnectedSocket() socket: ClientSocket,
    @MessageBody() { ticketId }: TicketDto,
  ): Promise<void> {
    await this.following.stop(socket, ticketId);
    await this.viewers.stopViewing(socket, ticketId);
  }

  @SubscribeMessage<keyof ClientEvents>('admin_join_ticket_monitor')
  @EventRules({ limit: 'reads', access: 'staff' })
  async joinMonitor(
    @ConnectedSocket() socket: ClientSocket,
    @MessageBody(NoFieldsPipe) _body: object,
  ): Promise<void> {
    if (socket.connected) await socket.join(MONITOR_ROOM);
    await this.presence.sendStates(socket.id);
  }

  @SubscribeMessage<keyof ClientEvents>('admin_leave_ticket_monitor')
  @EventRules({ limit: 'none' })
  async leaveMonitor(
    @ConnectedSocket() socket: ClientSocket,
    @MessageBody(NoFieldsPipe) _body: object,
  ): Promise<void> {
    await socket.leave(MONITOR_ROOM);
  }

  @SubscribeMessage<keyof ClientEvents>('ticket:viewing')
  @EventRules({ limit: 'none', access: 'staff' })
  async viewTicket(
    @ConnectedSocket() socket: ClientSocket,
    @Caller() actor: StaffActor,
    @MessageBody() { ticketId }: TicketDto,
  ): Promise<void> {
    await this.following.nameOf({ socket, actor }, ticketId, 'work');
    if (socket.connected) await this.viewers.startViewing(socket, actor, ticketId);
  }
}
