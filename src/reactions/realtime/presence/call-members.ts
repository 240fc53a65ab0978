import { Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import type { CallPeer } from '../../../contract/socket-events.js';
import { CallAttendance } from '../../../domain/calls/call-attendance.service.js';
import type { TicketEvent } from '../../../domain/event-log/ticket-event.js';
import type { CallTokenClaims } from '../../../platform/video/port/call-token.js';
import { EventBus } from '../../../platform/events/event-bus.js';
import { Broadcaster } from '../broadcast/broadcaster.js';
import { callPeerRoom, callRoom } from '../rooms/rooms.js';
import { Roster } from './roster.js';
import type { ClientSocket } from '../server/socket-state.js';

const GROUP = 'call:';

/** Who is in which call. Everybody in it is told when that changes, and when the call is over. */
@Injectable()
export class CallMembers implements OnModuleInit, OnModuleDestroy {
  private unsubscribe: (() => void) | undefined;

  constructor(
    private readonly roster: Roster,
    private readonly broadcaster: Broadcaster,
    private readonly bus: EventBus,
    private readonly attendance: CallAttendance,
  ) {}

  onModuleInit(): void {
    this.unsubscribe = this.bus.on('ticket.events', (events) =>
      events.forEach((event) => this.handleEvent(event)),
    );
  }

  onModuleDestroy(): void {
    this.unsubscribe?.();
  }

  has(socket: ClientSocket, callId: string): boolean {
    return socket.rooms.has(callRoom(callId));
  }

  async enter(socket: ClientSocket, claims: CallTokenClaims): Promise<void> {
    const { callId, role, name } = claims;
    const peer: CallPeer = { id: socket.id, role, ...(name !== undefined && { name }) };
    await socket.join([callRoom(callId), callPeerRoom(callId, socket.id)]);
    socket.data.calls.set(callId, claims);
    await this.roster.put(GROUP + callId, socket.id, peer);
    await this.attendance.arrived(callId, peer.role);
    await this.emitMembers(callId, socket.id);
  }

  /** Who else is in the call; nobody for a socket that is not. */
  async othersIn(callId: string, socket: ClientSocket): Promise<CallPeer[]> {
    if (!this.has(socket, callId)) return [];
    return (await this.list(callId)).filter(({ id }) => id !== socket.id);
  }

  /** `returns`: the socket comes back by itself, so its side of the call is not over. */
  async leave(socket: ClientSocket, callId: string, { returns = false } = {}): Promise<void> {
    const claims = socket.data.calls.get(callId);
    if (claims === undefined) return;
    socket.data.calls.delete(callId);
    await socket.leave(callRoom(callId));
    await socket.leave(callPeerRoom(callId, socket.id));
    await this.roster.remove(GROUP + callId, socket.id);
    const others = await this.emitMembers(callId, socket.id);
    if (!returns && !others.some(({ role }) => role === claims.role))
      await this.attendance.left(callId, claims.role);
  }

  /** For this socket the call is over; the others see it leave. */
  async evict(socket: ClientSocket, callId: string): Promise<void> {
    const rooms = [callPeerRoom(callId, socket.id)];
    this.broadcaster.send({ rooms }, 'call:peers', { callId, peers: [], ended: true });
    await this.leave(socket, callId);
  }

  /** The socket is gone, and with it from its calls. */
  async left(socket: ClientSocket, options: { returns: boolean }): Promise<void> {
    for (const callId of [...socket.data.calls.keys()]) await this.leave(socket, callId, options);
  }

  async isPeer(callId: string, socketId: string): Promise<boolean> {
    return (await this.roster.list<CallPeer>(GROUP + callId)).has(socketId);
  }

  /** Tells the others who is in the call now. */
  private async emitMembers(callId: string, socketId: string): Promise<CallPeer[]> {
    const peers = await this.list(callId);
    this.broadcaster.send({ rooms: [callRoom(callId)], except: [socketId] }, 'call:peers', { callId, peers });
    return peers;
  }

  private async list(callId: string): Promise<CallPeer[]> {
    return [...(await this.roster.list<CallPeer>(GROUP + callId)).values()];
  }

  private handleEvent({ type, data }: TicketEvent): void {
    if (type !== 'call.ended') return;
    const { callId } = data;
    this.broadcaster.send({ rooms: [callRoom(callId)] }, 'call:peers', { callId, peers: [], ended: true });
    this.broadcaster.empty(callRoom(callId));
  }
}
