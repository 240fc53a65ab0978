import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { ActorType } from '../../contract/roles.js';
import type { Channel } from '../../contract/ticket-fields.js';
import { CONFIG } from '../../platform/config/config.module.js';
import type { Config } from '../../platform/config/config.js';
import { isForeignKeyViolation, isUniqueViolation } from '../../platform/database/database.errors.js';
import { Database } from '../../platform/database/database.service.js';
import { invalidField } from '../../platform/http/errors/domain-error.js';
import { VideoUnavailable } from '../../platform/video/port/video.errors.js';
import { tokenInvalid } from '../auth/auth.errors.js';
import { eventActor, type Actor } from '../auth/actor.js';
import { donorBearer } from '../calls/rooms/call-bearer.js';
import type { CallDraft } from '../calls/rooms/call-draft.js';
import { callRowOrNull, type CallRow } from '../calls/rooms/call-row.js';
import { callIdOf } from '../calls/rooms/call-id.js';
import { CallRooms, personOf } from '../calls/rooms/call-rooms.service.js';
import type { DonorCallResponse } from '../calls/rooms/call-shapes.js';
import { donorTokenFor } from '../donors/sessions/donor-token.js';
import type { TicketRow } from '../event-log/rows.js';
import { TicketLog } from '../event-log/ticket-log.js';
import { CallOpening } from '../calls/call-opening.service.js';
import { delegatedFields } from '../tickets/reading/delegated-ticket.mapper.js';
import { channelOf } from '../tickets/channel.js';
import { donorOf, type NewTicketDonor } from './ticket-donor.js';
import { CallRinging } from '../calls/call-ringing.service.js';
import type { CallbackDto } from '../calls/requests/callback.dto.js';
import type { CreateTicketDto } from './create-ticket.dto.js';
import { callRowOf, createdEvents, newCallback } from './ticket-intake-events.js';
import { toDonorTicket } from '../tickets/ticket.mapper.js';
import type { CreatedTicketResponse } from './ticket-view-shapes.js';
import { ENDING_STATUSES } from '../tickets/ticket.transitions.js';
import {
  insertTicket,
  type NewCallback,
  type NewCallColumns,
  type NewRing,
  type NewSession,
  type NewTicket,
} from './ticket-intake.queries.js';
import { readTicket } from '../tickets/tickets.queries.js';

/** How long a new ticket waits for the video provider before the call follows by event instead, in ms. */
const CALL_PATIENCE = 1_500;

/** Creates tickets, without an account. A provider that is unavailable never loses or delays one. */
@Injectable()
export class TicketIntake {
  constructor(
    private readonly database: Database,
    private readonly log: TicketLog,
    private readonly rooms: CallRooms,
    private readonly opening: CallOpening,
    private readonly ringing: CallRinging,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** `id` is the idempotency claim's: a second try with it meets the ticket of the first. */
  async create(actor: Actor, dto: CreateTicketDto, id: string): Promise<CreatedTicketResponse> {
    const donor = donorOf(actor, dto);
    if (dto.topic !== undefined && dto.subject !== undefined)
      throw invalidField('topic', 'Send subject or topic, not both: they are the same.');
    if (dto.callback !== undefined && dto.callType !== undefined)
      throw invalidField('callback', 'Send callback or callType, not both: a callback rings for nobody.');
    const guest = actor.kind === 'link' ? this.guestSession(id) : null;
    const draft =
      dto.callType !== undefined && this.rooms.local
        ? await this.prepare(id, donor, actor, dto.callType)
        : null;
    let ticket: TicketRow;
    try {
      ticket = await this.insert(actor, id, donor, dto, guest?.session ?? null, draft);
    } catch (error) {
      // The session was erased with the person's last ticket, a moment ago.
      if (isForeignKeyViolation(error)) throw tokenInvalid();
      if (!isUniqueViolation(error, 'id') && !isUniqueViolation(error, 'tickets_pkey')) throw error;
      return this.repeatAnswer(actor, id, guest?.token);
    }
    const call =
      draft === null
        ? await this.openRemote(actor, ticket, dto)
        : { ticket, shape: await this.donorCall(actor, ticket, callRowOf(ticket, draft)) };
    return answer(actor, call?.ticket ?? ticket, call?.shape ?? null, {
      guestToken: guest?.token,
      wantsCall: dto.callType !== undefined,
    });
  }

  private guestSession(ticketId: string): { token: string; session: NewSession } {
    const { token, hash } = donorTokenFor(ticketId, this.config.secrets.encryption);
    return { token, session: { id: randomUUID(), tokenHash: hash } };
  }

  private prepare(
    id: string,
    donor: NewTicketDonor,
    actor: Actor,
    callType: 'audio' | 'video',
  ): Promise<CallDraft> {
    const initiatedBy = actor.kind === 'staff' ? 'admin' : 'donor';
    return this.rooms.prepare(donor, { id: callIdOf(id, 0), callType, initiatedBy });
  }

  private async insert(
    actor: Actor,
    id: string,
    donor: NewTicketDonor,
    dto: CreateTicketDto,
    guest: NewSession | null,
    draft: CallDraft | null,
  ): Promise<TicketRow> {
    // Anyone who opens a ticket without a token gets one with it: that is the guest, and no stranger with a link.
    const { via: _, ...who } = eventActor(actor, donor);
    const row = this.toRow(donor, dto, {
      id,
      actorId: who.id ?? donor.donorId,
      actorType: who.type,
      channel: channelOf(actor, dto.channel),
      callPending: draft === null,
    });
    const { ownerKey } = donor;
    const session = guest ?? { id: actor.kind === 'donor' ? actor.sessionId : null, ownerKey };
    const call = draft === null ? null : this.callColumns(draft);
    const ring = actor.kind === 'staff' || dto.callType === undefined ? null : this.ring(dto.callType);
    const callback = dto.callback === undefined ? null : await this.callback(actor, dto.callback);
    const ticket = await insertTicket(this.database, row, session, { call, ring, callback });
    this.log.publishEvents(createdEvents(ticket, who, row.data, { draft, ring, callback }));
    return ticket;
  }

  /** A donor's wish for a call rings for staff; what staff open for a donor does not. */
  private ring(mode: 'audio' | 'video'): NewRing {
    const id = randomUUID();
    const expiresAt = this.ringing.ringsUntil();
    const data = { requestId: id, mode, message: null, expiresAt: expiresAt.toISOString() };
    return { id, expiresAt, data, dispatched: this.log.isDispatched({ type: 'call.requested', data }) };
  }

  /** Throws 400 for a time that is no use. */
  private async callback(actor: Actor, { at, phone = null }: CallbackDto): Promise<NewCallback> {
    const dueAt = await this.ringing.callbackDueAt(at);
    const callback = newCallback({ dueAt, phone }, actor.kind !== 'staff');
    return {
      ...callback,
      dispatched: this.log.isDispatched({ type: 'ticket.updated', data: callback.data }),
      lineDispatched: this.log.isDispatched({ type: 'message.posted', data: {} }),
    };
  }

  private toRow(
    donor: NewTicketDonor,
    dto: CreateTicketDto,
    rest: { id: string; actorId: string; actorType: ActorType; channel: Channel; callPending: boolean },
  ): NewTicket {
    const { id, actorId, actorType, channel } = rest;
    const { ownerKey: _, ...columns } = donor;
    const {
      subject = dto.topic ?? null,
      description = null,
      category = null,
      priority = 'medium',
      callType = null,
      context = {},
    } = dto;
    const callPending = callType !== null && rest.callPending;
    const data = { subject, category, priority, callType, channel, status: 'new', callPending } as const;
    const dispatched = this.log.isDispatched({ type: 'ticket.created', data });
    return {
      ...columns,
      id,
      actorId,
      actorType,
      channel,
      subject,
      description,
      category,
      priority,
      callType,
      context,
      data,
      dispatched,
    };
  }

  private callColumns(draft: CallDraft): NewCallColumns {
    const { callType, initiatedBy } = draft;
    const data = { callType, initiatedBy };
    return { ...draft, data, dispatched: this.log.isDispatched({ type: 'call.started', data }) };
  }

  /** A provider over the network gets a moment; then the ticket answers without its call, and a job goes on. */
  private async openRemote(
    actor: Actor,
    ticket: TicketRow,
    dto: CreateTicketDto,
  ): Promise<OpenedShape | null> {
    if (dto.callType === undefined) return null;
    try {
      const initiatedBy = actor.kind === 'staff' ? 'admin' : 'donor';
      const opened = await this.opening.open(actor, ticket, {
        callType: dto.callType,
        initiatedBy,
        deadlineMs: CALL_PATIENCE,
        activate: false,
      });
      return { ticket: opened.ticket, shape: await this.donorCall(actor, ticket, opened.call) };
    } catch (error) {
      if (error instanceof VideoUnavailable) return null;
      throw error;
    }
  }

  /** The call as its donor sees it: with a token of the session that they have, or have got with this ticket. */
  private donorCall(actor: Actor, ticket: TicketRow, call: CallRow): Promise<DonorCallResponse> {
    const { donorSessionId: sessionId, donorName } = ticket;
    if (actor.kind !== 'link' || sessionId === null)
      return this.rooms.donorCall(call, actor.kind === 'staff' ? undefined : personOf(actor));
    const guest = { sessionId, tokenVersion: 0 };
    const userName = donorName ?? undefined;
    return this.rooms.donorCall(call, { role: 'donor', userId: donorBearer(guest), userName });
  }

  /** The answer that a crash swallowed, given again. */
  private async repeatAnswer(actor: Actor, id: string, guestToken?: string): Promise<CreatedTicketResponse> {
    const ticket = await readTicket(this.database, id);
    if (ticket === null) throw new Error(`ticket ${id} collided with something that is not a ticket`);
    const latest = callRowOrNull(
      await this.database.call.findFirst({ where: { ticketId: id }, orderBy: { createdAt: 'desc' } }),
    );
    const open = latest?.id === ticket.activeCallId ? latest : null;
    const shape = open === null ? null : await this.donorCall(actor, ticket, open);
    const isOver = ENDING_STATUSES.has(ticket.status);
    return answer(actor, ticket, shape, {
      guestToken,
      wantsCall: ticket.callType !== null && latest === null && !isOver,
    });
  }
}

interface OpenedShape {
  ticket: TicketRow;
  shape: DonorCallResponse;
}

function answer(
  actor: Actor,
  ticket: TicketRow,
  call: DonorCallResponse | null,
  extra: { guestToken: string | undefined; wantsCall: boolean },
): CreatedTicketResponse {
  return {
    ...toDonorTicket(ticket, null),
    ...delegatedFields(actor, ticket),
    call,
    ...(extra.wantsCall && call === null && { callPending: true }),
    ...(extra.guestToken !== undefined && { donorToken: extra.guestToken }),
  };
}
