import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { CallPeer } from '../../../contract/socket-events.js';
import { CallBearers } from '../../../domain/calls/call-bearers.service.js';
import { callEnded, callNotFound } from '../../../domain/calls/call.errors.js';
import { Database } from '../../../platform/database/database.service.js';
import { forbidden, notFound } from '../../../platform/http/domain-error.js';
import { Broadcaster } from '../broadcast/broadcaster.js';
import { CallEvictions } from '../presence/call-evictions.js';
import { CallMembers } from '../presence/call-members.js';
import { CallDto, EnterCallDto, SignalDto } from './call-socket.dto.js';
import { callPeerRoom, callRoom } from '../rooms/rooms.js';
import { SocketRouter, type SocketRequest } from './socket-router.js';

/** Signalling for calls that run directly between browsers: who is in the call, and letters between them. */
@Injectable()
export class CallGateway implements OnModuleInit {
  constructor(
    private readonly router: SocketRouter,
    private readonly bearers: CallBearers,
    private readonly database: Database,
    private readonly members: CallMembers,
    private readonly broadcaster: Broadcaster,
    private readonly evictions: CallEvictions,
  ) {}

  onModuleInit(): void {
    this.router.on('call:enter', EnterCallDto, (request) => this.enter(request), { limit: 'reads' });
    this.router.on('call:leave', CallDto, (request) => this.leave(request), { limit: 'none' });
    this.router.on('call:signal', SignalDto, (request) => this.signal(request), { limit: 'none' });
  }

  /** A call token is all it takes: the standalone call page has no other. */
  private async enter({
    socket,
    body,
  }: SocketRequest<EnterCallDto>): Promise<{ self: string; peers: CallPeer[] }> {
    const { callId, token } = body;
    const claims = await this.bearers.verify(token);
    if (claims.callId !== callId) throw forbidden('This call link is for another call. Join this one again.');
    await this.mustBeOpen(callId);
    socket.data.proven = true;
    const peers = socket.connected ? await this.members.enter(socket, claims) : [];
    // What ended the token meanwhile could not find this socket in the call yet.
    await this.evictions.recheck(socket);
    return { self: socket.id, peers };
  }

  private async leave({ socket, body }: SocketRequest<CallDto>): Promise<object> {
    await this.members.leave(socket, body.callId);
    return {};
  }

  /** Reaches members of that call only, whatever `to` says. */
  private async signal({ socket, body }: SocketRequest<SignalDto>): Promise<object> {
    const { callId, to, data } = body;
    if (!this.members.has(socket, callId)) throw forbidden('Enter this call first.');
    if (to !== undefined && !(await this.members.isPeer(callId, to))) throw notFound('Peer');
    const recipients =
      to === undefined
        ? { rooms: [callRoom(callId)], except: [socket.id] }
        : { rooms: [callPeerRoom(callId, to)] };
    this.broadcaster.send(recipients, 'call:signal', { callId, from: socket.id, data });
    return {};
  }

  private async mustBeOpen(callId: string): Promise<void> {
    const call = await this.database.call.findUnique({ where: { id: callId }, select: { status: true } });
    if (call === null) throw callNotFound();
    if (call.status === 'ended') throw callEnded();
  }
}
