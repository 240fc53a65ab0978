import { Inject, Injectable } from '@nestjs/common';
import { CONFIG } from '../../platform/config/config.module.js';
import type { Config } from '../../platform/config/config.js';
import { Database } from '../../platform/database/database.service.js';
import type { Actor } from '../auth/actor.js';
import { ticketNotFound } from './ticket.errors.js';
import { mustBeAllowed, NO_TICKET, type OwnedTicket, type TicketAction } from './ticket.policy.js';
import type { TicketWithOwner } from '../event-log/rows.js';
import { readTicket } from './tickets.queries.js';

/** Reads one ticket for somebody, or refuses as the policy says. */
@Injectable()
export class TicketAccess {
  constructor(
    private readonly database: Database,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** Throws ticketNotFound for a missing ticket and for one the actor must not know of. */
  async read(actor: Actor, ticketId: string, action: TicketAction): Promise<TicketWithOwner> {
    const ticket = await readTicket(this.database, ticketId);
    this.check(actor, action, ticket ?? NO_TICKET);
    if (ticket === null) throw ticketNotFound();
    return ticket;
  }

  /** Throws what the policy says of a ticket that is known already. */
  check(actor: Actor, action: TicketAction, ticket: OwnedTicket): void {
    mustBeAllowed(actor, action, ticket, this.config.donorAccess);
  }
}
