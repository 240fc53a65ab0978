import { randomUUID } from 'node:crypto';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { MessagePayload } from '../../../contract/events/message-payload.js';
import { MessagePosting } from '../../../domain/messages/message-posting.service.js';
import { toMessage } from '../../../domain/messages/message-shapes.js';
import { MessagesService } from '../../../domain/messages/messages.service.js';
import { Broadcaster } from '../broadcast/broadcaster.js';
import { Following } from '../rooms/following.js';
import { ticketRoom, ticketStaffRoom } from '../rooms/rooms.js';
import { SocketRouter, type SocketRequest } from './socket-router.js';
import { ReadDto, SendMessageDto, TypingDto } from './ticket-socket.dto.js';

type Sent = MessagePayload & { seq: number };

/** What people say on a ticket over their socket: the same services, limits and refusals as over HTTP. */
@Injectable()
export class TicketGateway implements OnModuleInit {
  constructor(
    private readonly router: SocketRouter,
    private readonly posting: MessagePosting,
    private readonly messages: MessagesService,
    private readonly following: Following,
    private readonly broadcaster: Broadcaster,
  ) {}

  onModuleInit(): void {
    const { router } = this;
    router.on('ticket:typing', TypingDto, (request) => this.type(request), { limit: 'none' });
    router.on('message:send', SendMessageDto, (request) => this.send(request), { limit: 'messages' });
    router.on('message:read', ReadDto, (request) => this.read(request), { limit: 'reads' });
  }

  /** To the others on the ticket, and kept nowhere. */
  private async type(request: SocketRequest<TypingDto>): Promise<object> {
    const { ticketId, isTyping } = request.body;
    const { type, id, name } = await this.following.nameOf(request, ticketId, 'take_part_by_link');
    const actor = { type, id, ...(name !== undefined && { name }) };
    const rooms = [ticketRoom(ticketId), ticketStaffRoom(ticketId)];
    this.broadcaster.send({ rooms, except: [request.socket.id] }, 'ticket:typing', {
      ticketId,
      actor,
      isTyping,
    });
    return {};
  }

  private async send({ actor, body }: SocketRequest<SendMessageDto>): Promise<{ message: Sent }> {
    const { ticketId, ...post } = body;
    const { message } = await this.posting.post(actor, ticketId, { id: randomUUID(), ...post });
    return { message: toMessage(actor, message) };
  }

  /** What the other side has written, up to there. */
  private async read({ actor, body }: SocketRequest<ReadDto>): Promise<object> {
    const theirs = actor.kind === 'staff' ? 'donor' : 'admin';
    await this.messages.markRead(actor, body.ticketId, theirs, body.upToSeq);
    return {};
  }
}
