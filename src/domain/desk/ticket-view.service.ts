import { Injectable } from '@nestjs/common';
import { Database } from '../../platform/database/database.service.js';
import type { Actor, StaffActor } from '../auth/actor.js';
import { CallRooms, personOf } from '../calls/rooms/call-rooms.service.js';
import { callRowOrNull, type CallRow } from '../calls/rooms/call-row.js';
import type { TicketRow, TicketWithOwner } from '../event-log/rows.js';
import { delegatedFields } from '../tickets/reading/delegated-ticket.mapper.js';
import { TicketAccess } from '../tickets/ticket-access.service.js';
import { ticketNotFound } from '../tickets/ticket.errors.js';
import { ownerOf, toDonorTicket, toStaffTicket } from '../tickets/ticket.mapper.js';
import type { AdminResponse } from '../tickets/ticket-shapes.js';
import type { DonorTicketResponse, StaffTicketResponse } from './ticket-view-shapes.js';

/** One ticket as its reader sees it, with its open call. */
@Injectable()
export class TicketViewService {
  constructor(
    private readonly database: Database,
    private readonly access: TicketAccess,
    private readonly rooms: CallRooms,
  ) {}

  /** Staff read all of it, its donor the donor's shape. */
  async read(actor: Actor, ticketId: string): Promise<StaffTicketResponse | DonorTicketResponse> {
    return this.of(actor, await this.access.read(actor, ticketId, 'take_part'));
  }

  /** Returns a donor's view of a ticket: the donorId must fit, else it is not found. */
  async readAsDonor(actor: Actor, ticketId: string, donorId: string): Promise<DonorTicketResponse> {
    const ticket = await this.access.read(actor, ticketId, 'take_part_by_link');
    if (ticket.donorId !== donorId) throw ticketNotFound();
    return this.forDonor(actor, ticket);
  }

  /** The ticket as this actor may see it. */
  async of(
    actor: Actor,
    ticket: TicketRow | TicketWithOwner,
  ): Promise<StaffTicketResponse | DonorTicketResponse> {
    const shape = await (actor.kind === 'staff'
      ? this.forStaff(actor, ticket)
      : this.forDonor(actor, ticket));
    return { ...shape, ...delegatedFields(actor, ticket) };
  }

  async forStaff(actor: StaffActor, ticket: TicketRow | TicketWithOwner): Promise<StaffTicketResponse> {
    const shape: StaffTicketResponse = toStaffTicket(ticket, await this.owner(ticket));
    const call = await this.activeCall(ticket);
    if (call !== null) shape.activeCall = await this.rooms.staffCall(actor, call);
    return shape;
  }

  async forDonor(actor: Actor, ticket: TicketRow | TicketWithOwner): Promise<DonorTicketResponse> {
    const shape: DonorTicketResponse = toDonorTicket(ticket, await this.owner(ticket));
    const call = await this.activeCall(ticket);
    if (call !== null) shape.activeCall = await this.rooms.donorCall(call, personOf(actor));
    return shape;
  }

  /** A row that a change has written comes without its owner. */
  private async owner(ticket: TicketRow | TicketWithOwner): Promise<AdminResponse | null> {
    if ('adminName' in ticket) return ownerOf(ticket);
    if (ticket.adminId === null) return null;
    return this.database.user.findUnique({
      where: { id: ticket.adminId },
      select: { id: true, name: true, username: true, avatar: true },
    });
  }

  private async activeCall({ activeCallId }: TicketRow): Promise<CallRow | null> {
    if (activeCallId === null) return null;
    return callRowOrNull(await this.database.call.findUnique({ where: { id: activeCallId } }));
  }
}
