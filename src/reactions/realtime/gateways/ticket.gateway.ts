import { randomUUID } from 'node:crypto';
import { ConnectedSocket, MessageBody, SubscribeMessage, WebSocketGateway } from '@nestjs/websockets';
import type { ClientEvents } from '../../../contract/socket-events.js';
import type { Actor } from '../../../domain/auth/actor.js';
import { MessagePosting } from '../../../domain/messages/message-posting.service.js';
import { toMessage } from '../../../domain/messages/message-shapes.js';
import { MessagesService } from '../../../domain/messages/messages.service.js';
import { Broadcaster } from '../broadcast/broadcaster.js';
import { Following } from '../rooms/following.js';
import { ticketRoom, ticketStaffRoom } from '../rooms/rooms.js';
import type { ClientSocket } from '../server/socket-state.js';
import type { AnswerOf } from './ack.interceptor.js';
import { Caller } from './caller.decorator.js';
import { EventRules } from './event-rules.decorator.js';
import { UseSocketPipeline } from './socket-pipeline.decorator.js';
import { ReadDto, SendMessageDto, TypingDto } from './ticket-socket.dto.js';

/** What people say on a ticket over their socket: the same services, limits and refusals as over HTTP. */
@WebSocketGateway()
@UseSocketPipeline()
export class TicketGateway {
  constructor(
    private readonly posting: MessagePosting,
    private readonly messages: MessagesService,
    private readonly following: Following,
    private readonly broadcaster: Broadcaster,
  ) {}

  /** To the others on the ticket, and kept nowhere. */
  @SubscribeMessage<keyof ClientEvents>('ticket:typing')
  @EventRules({ limit: 'none' })
  async type(
    @ConnectedSocket() socket: ClientSocket,
    @Caller() caller: Actor,
    @MessageBody() { ticketId, isTyping }: TypingDto,
  ): Promise<void> {
    const request = { socket, actor: caller };
    const { type, id, name } = await this.following.nameOf(request, ticketId, 'take_part_by_link');
    const actor = { type, id, ...(name !== undefined && { name }) };
    const rooms = [ticketRoom(ticketId), ticketStaffRoom(ticketId)];
    this.broadcaster.send({ rooms, except: [socket.id] }, 'ticket:typing', { ticketId, actor, isTyping });
  }

  @SubscribeMessage<keyof ClientEvents>('message:send')
  @EventRules({ limit: 'messages' })
  async sendMessage(
    @Caller() actor: Actor,
    @MessageBody() { ticketId, ...post }: SendMessageDto,
  ): Promise<AnswerOf<'message:send'>> {
    const { message } = await this.posting.post(actor, ticketId, { id: randomUUID(), ...post });
    return { message: toMessage(actor, message) };
  }

  /** What the other side has written, up to there. */
  @SubscribeMessage<keyof ClientEvents>('message:read')
  @EventRules({ limit: 'reads' })
  async markRead(@Caller() actor: Actor, @MessageBody() { ticketId, upToSeq }: ReadDto): Promise<void> {
    const theirs = actor.kind === 'staff' ? 'donor' : 'admin';
    await this.messages.markRead(actor, ticketId, theirs, upToSeq);
  }
}
