import { Inject, Injectable } from '@nestjs/common';
import type { CatchUp } from '../../../contract/events/event-payload.js';
import { Clock } from '../../../platform/clock/clock.js';
import { CONFIG } from '../../../platform/config/config.module.js';
import type { Config } from '../../../platform/config/config.js';
import { Database } from '../../../platform/database/database.service.js';
import { unauthorized } from '../../../platform/http/errors/domain-error.js';
import type { Actor } from '../../auth/actor.js';
import { Timeline } from '../../event-log/timeline.service.js';
import type { ListTicketsDto } from './list-tickets.dto.js';
import { TicketAccess } from '../ticket-access.service.js';
import { ticketNotFound } from '../ticket.errors.js';
import { pageOf, type Page } from '../../../platform/http/pagination/page.js';
import { own, toFilter, toPage } from './ticket-filter.js';
import { toTicket } from './delegated-ticket.mapper.js';
import { ownerOf } from '../ticket.mapper.js';
import type { DonorHistoryResponse, DonorTicketFields, StaffTicketFields } from '../ticket-shapes.js';
import { COUNT_BOUND, countTickets, listTickets, type TicketSort } from './ticket-list.queries.js';
import { queuePlaceOf, type QueuePlace } from './ticket-queue.queries.js';
import type { TicketWithOwner } from '../../event-log/rows.js';

/** How many tickets of a donor the history lists. */
const HISTORY = 200;

/** Reading tickets: many, a donor's history, the events of one. */
@Injectable()
export class TicketsService {
  constructor(
    private readonly database: Database,
    private readonly access: TicketAccess,
    private readonly timeline: Timeline,
    private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** Staff list all tickets, a donor token its own. */
  async list(actor: Actor, query: ListTicketsDto): Promise<Page<StaffTicketFields | DonorTicketFields>> {
    const filter = toFilter(actor, query, this.clock.now());
    const page = toPage(query);
    const [rows, count] = await Promise.all([
      listTickets(this.database, filter, { ...page, limit: page.limit + 1 }),
      page.after === null ? countTickets(this.database, filter, COUNT_BOUND + 1) : undefined,
    ]);
    const shown = pageOf(rows, page.limit, (row) => placeOf(row, page.sort));
    return {
      ...shown,
      items: shown.items.map((row) => toTicket(actor, row, ownerOf(row))),
      total: count === undefined ? undefined : Math.min(count, COUNT_BOUND),
      totalIsEstimate: count !== undefined && count > COUNT_BOUND,
    };
  }

  /** Lists the tickets of a donorId; donorIds can be guessed, so it needs that donor's token (or DONOR_ACCESS=open). */
  async historyOf(actor: Actor, donorId: string): Promise<DonorHistoryResponse[]> {
    if (actor.kind === 'link' && this.config.donorAccess !== 'open') throw unauthorized();
    if (actor.kind === 'donor' && actor.donorId !== donorId) throw ticketNotFound();
    const whose = actor.kind === 'donor' ? own(actor) : { donorId };
    const page = { sort: '-createdAt', limit: HISTORY, offset: 0, after: null } as const;
    const rows = await listTickets(this.database, { ...whose, searchNotes: false }, page);
    return rows.map(({ id, number, subject, description, status, callType, createdAt, updatedAt }) => ({
      ...{ id, number, subject, description, status, callType },
      createdAt: createdAt.toISOString(),
      updatedAt: updatedAt.toISOString(),
    }));
  }

  /** Catch-up by sequence: the donor's stream or the staff's. */
  async events(actor: Actor, ticketId: string, after: number, limit?: number): Promise<CatchUp> {
    const ticket = await this.access.read(actor, ticketId, 'take_part_by_link');
    return this.timeline.catchUp(ticket, actor.kind === 'staff' ? 'staff' : 'donor', after, limit);
  }
}

function placeOf(ticket: TicketWithOwner, sort: TicketSort): QueuePlace {
  if (sort === 'queue') return queuePlaceOf(ticket);
  const { id, createdAt, updatedAt, callbackDueAt } = ticket;
  // Those that owe no callback are not sorted by it.
  if (sort === 'callbackDueAt') return { id, at: callbackDueAt ?? createdAt };
  return { id, at: sort.endsWith('updatedAt') ? updatedAt : createdAt };
}
