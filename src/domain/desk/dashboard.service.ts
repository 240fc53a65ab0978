import { Injectable } from '@nestjs/common';
import { Database } from '../../platform/database/database.service.js';
import type { StaffActor } from '../auth/actor.js';
import {
  boardCounts,
  boardTickets,
  type BoardCount,
  type BoardScope,
} from '../tickets/reading/dashboard.queries.js';
import type {
  BoardCallResponse,
  BoardCountsResponse,
  BoardTicketResponse,
  DashboardResponse,
} from './dashboard-shapes.js';
import { ownerOf, toStaffTicket } from '../tickets/ticket.mapper.js';

const PER_GROUP = 50;
/** Counts are exact up to here. */
const COUNT_BOUND = 1_000;

/** The board: open tickets by status. Admins see their own and what nobody owns, super admins everything; `isMine` leaves their own. */
@Injectable()
export class DashboardService {
  constructor(private readonly database: Database) {}

  async read(actor: StaffActor, isMine: boolean): Promise<DashboardResponse> {
    const scope = scopeOf(actor, isMine);
    const [tickets, counts] = await Promise.all([
      boardTickets(this.database, scope, PER_GROUP),
      boardCounts(this.database, scope, COUNT_BOUND + 1),
    ]);
    const calls = await this.openCalls(tickets.filter((t) => t.status === 'active_call').map((t) => t.id));
    const group = (status: string): BoardTicketResponse[] =>
      tickets
        .filter((ticket) => ticket.status === status)
        .map((ticket) => toStaffTicket(ticket, ownerOf(ticket)));
    return {
      newTickets: group('new'),
      pendingTickets: group('pending'),
      waitingTickets: group('waiting_for_donor'),
      activeCallTickets: group('active_call').map((ticket) => ({
        ...ticket,
        calls: calls.get(ticket.id) ?? [],
      })),
      transferredTickets: group('transferred'),
      counts: toCounts(counts),
    };
  }

  private async openCalls(ticketIds: string[]): Promise<Map<string, BoardCallResponse[]>> {
    if (ticketIds.length === 0) return new Map();
    const calls = await this.database.call.findMany({
      where: { ticketId: { in: ticketIds }, status: 'active' },
      select: {
        id: true,
        ticketId: true,
        status: true,
        callType: true,
        initiatedBy: true,
        dailyRoomUrl: true,
        startedAt: true,
      },
    });
    return new Map(
      calls.map(({ ticketId, ...call }) => [
        ticketId,
        [{ ...call, startedAt: call.startedAt.toISOString() }],
      ]),
    );
  }
}

function scopeOf({ id, role }: StaffActor, isMine: boolean): BoardScope {
  if (isMine) return { own: id, withUnassigned: false };
  return role === 'SUPER_ADMIN' ? 'all' : { own: id, withUnassigned: true };
}

function toCounts(rows: BoardCount[]): BoardCountsResponse {
  const count = (status: BoardCount['status'], which: 'total' | 'unassigned'): number =>
    Math.min(rows.find((row) => row.status === status)?.[which] ?? 0, COUNT_BOUND);
  const sum = (which: 'total' | 'unassigned'): number =>
    rows.reduce((total, row) => total + Math.min(row[which], COUNT_BOUND), 0);
  return {
    new: count('new', 'total'),
    pending: count('pending', 'total'),
    waiting: count('waiting_for_donor', 'total'),
    activeCall: count('active_call', 'total'),
    transferred: count('transferred', 'total'),
    total: sum('total'),
    unassigned: {
      new: count('new', 'unassigned'),
      activeCall: count('active_call', 'unassigned'),
      total: sum('unassigned'),
    },
    capped: rows.some((row) => row.total > COUNT_BOUND || row.unassigned > COUNT_BOUND),
  };
}
