import { ConnectedSocket, MessageBody, SubscribeMessage, WebSocketGateway } from '@nestjs/websockets';
import type { ClientEvents } from '../../../contract/socket-events.js';
import { CallBearers } from '../../../domain/calls/call-bearers.service.js';
import { callEnded, callNotFound } from '../../../domain/calls/call.errors.js';
import { Database } from '../../../platform/database/database.service.js';
import { forbidden, notFound } from '../../../platform/http/errors/domain-error.js';
import { Broadcaster } from '../broadcast/broadcaster.js';
import { CallEvictions } from '../presence/call-evictions.js';
import { CallMembers } from '../presence/call-members.js';
import { callPeerRoom, callRoom } from '../rooms/rooms.js';
import type { ClientSocket } from '../server/socket-state.js';
import type { AnswerOf } from './ack.interceptor.js';
import { CallDto, EnterCallDto, SignalDto } from './call-socket.dto.js';
import { EventRules } from './event-rules.decorator.js';
import { UseSocketPipeline } from './socket-pipeline.decorator.js';

/** Signalling for calls that run directly between browsers: who is in the call, and what peers tell each other. */
@WebSocketGateway()
@UseSocketPipeline()
export class CallGateway {
  constructor(
    private readonly bearers: CallBearers,
    private readonly database: Database,
    private readonly members: CallMembers,
    private readonly broadcaster: Broadcaster,
    private readonly evictions: CallEvictions,
  ) {}

  /** A call token is all it takes: the standalone call page has no other. */
  @SubscribeMessage<keyof ClientEvents>('call:enter')
  @EventRules({ limit: 'reads' })
  async enter(
    @ConnectedSocket() socket: ClientSocket,
    @MessageBody() { callId, token }: EnterCallDto,
  ): Promise<AnswerOf<'call:enter'>> {
    const claims = await this.bearers.verify(token);
    if (claims.callId !== callId) throw forbidden('This call link is for another call. Join this one again.');
    await this.mustBeOpen(callId);
    socket.data.proven = true;
    if (socket.connected) await this.members.enter(socket, claims);
    // What ended the token meanwhile could not find this socket in the call yet.
    await this.evictions.recheck(socket);
    // Last of all: who came meanwhile was announced to this socket already, and the answer must not be older.
    return { self: socket.id, peers: await this.members.othersIn(callId, socket) };
  }

  @SubscribeMessage<keyof ClientEvents>('call:leave')
  @EventRules({ limit: 'none' })
  async leave(@ConnectedSocket() socket: ClientSocket, @MessageBody() { callId }: CallDto): Promise<void> {
    await this.members.leave(socket, callId);
  }

  /** Reaches members of that call only, whatever `to` says. */
  @SubscribeMessage<keyof ClientEvents>('call:signal')
  @EventRules({ limit: 'none' })
  async signal(
    @ConnectedSocket() socket: ClientSocket,
    @MessageBody() { callId, to, data }: SignalDto,
  ): Promise<void> {
    if (!this.members.has(socket, callId)) throw forbidden('Enter this call first.');
    if (to !== undefined && !(await this.members.isPeer(callId, to))) throw notFound('Peer');
    const recipients =
      to === undefined
        ? { rooms: [callRoom(callId)], except: [socket.id] }
        : { rooms: [callPeerRoom(callId, to)] };
    this.broadcaster.send(recipients, 'call:signal', { callId, from: socket.id, data });
  }

  private async mustBeOpen(callId: string): Promise<void> {
    const call = await this.database.call.findUnique({ where: { id: callId }, select: { status: true } });
    if (call === null) throw callNotFound();
    if (call.status === 'ended') throw callEnded();
  }
}
