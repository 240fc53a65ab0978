import { Injectable } from '@nestjs/common';
import { IceServers } from '../../platform/video/direct/turn-credentials.js';
import { VideoUnavailable } from '../../platform/video/port/video.errors.js';
import type { Actor, StaffActor } from '../auth/actor.js';
import type { CallRow } from './rooms/call-row.js';
import { CallRooms, personOf, type CallPerson } from './rooms/call-rooms.service.js';
import { CallOpening } from './call-opening.service.js';
import { TicketChanges } from '../tickets/ticket-change.js';
import { CallLeaving } from './call-leaving.service.js';
import { callEnded, callNotFound, videoUnavailable } from './call.errors.js';
import type { JoinedCallResponse } from './call.dto.js';
import { CallsService, type CallResponse } from './calls.service.js';

/** Entering and leaving a call that exists. */
@Injectable()
export class CallSessions {
  constructor(
    private readonly calls: CallsService,
    private readonly rooms: CallRooms,
    private readonly changes: TicketChanges,
    private readonly opening: CallOpening,
    private readonly leaving: CallLeaving,
    private readonly ice: IceServers,
  ) {}

  /** A fresh token for the caller's role. Staff joining put the ticket on a call, and take it when nobody owns it. */
  async join(actor: Actor, callId: string): Promise<Omit<JoinedCallResponse, 'adminToken'>> {
    const call = await this.calls.find(actor, callId);
    if (call.status === 'ended') throw callEnded();
    const token = await this.token(actor, call);
    await this.changes.run(actor, call.ticketId, 'take_part_by_link', async (change) => {
      if (change.ticket.activeCallId !== call.id) throw callEnded();
      if (actor.kind === 'staff') await this.opening.takePart(change);
      const role = actor.kind === 'staff' ? 'admin' : 'donor';
      change.record({ type: 'call.joined', public: true, data: { callId: call.id, role } });
    });
    const shape = await this.rooms.shape(actor, call);
    const iceServers =
      call.provider === 'direct' ? this.ice.issueFor(`${call.id} ${joinerOf(actor).userId}`) : [];
    return { ...shape, token, iceServers };
  }

  /** Ends a call. The ticket goes back to the side that owes the next step; ending twice gives the first end. */
  async end(actor: Actor, callId: string, reason = 'hung_up'): Promise<CallResponse> {
    const call = await this.calls.find(actor, callId);
    const { result: ended } = await this.changes.runFor(
      actor,
      call.ticketId,
      'take_part_by_link',
      (change) => (change.ticket.activeCallId === call.id ? this.leaving.leave(change, reason) : null),
    );
    return this.rooms.shape(actor, ended ?? (await this.calls.find(actor, call.id)));
  }

  /** Sets the status of a call. A call that has ended does not come back. */
  async update(actor: StaffActor, callId: string, status: 'active' | 'ended'): Promise<CallResponse> {
    if (status === 'ended') return this.end(actor, callId);
    const call = await this.calls.find(actor, callId);
    if (call.status === 'ended') throw callEnded();
    return this.rooms.shape(actor, call);
  }

  private async token(actor: Actor, call: CallRow): Promise<string> {
    try {
      return await this.rooms.tokenFor(call, joinerOf(actor), 4_000);
    } catch (error) {
      throw error instanceof VideoUnavailable ? videoUnavailable(error) : error;
    }
  }
}

function joinerOf(actor: Actor): CallPerson {
  if (actor.kind === 'system') throw callNotFound();
  return personOf(actor) ?? { role: 'donor', userId: 'donor' };
}
