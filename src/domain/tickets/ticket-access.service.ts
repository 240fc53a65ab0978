import { Inject, Injectable } from '@nestjs/common';
import { CONFIG } from '../../platform/config/config.module.js';
import type { Config } from '../../platform/config/config.js';
import { Database } from '../../platform/database/database.service.js';
import type { Actor } from '../auth/actor.js';
import { ticketNotFound } from './ticket.errors.js';
import { mustBeAllowed, NO_TICKET, type TicketAction } from './ticket.policy.js';
import { readTicket, type TicketWithOwner } from './tickets.queries.js';

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
    if (ticket === null) {
      mustBeAllowed(actor, action, NO_TICKET, this.config.donorAccess);
      throw ticketNotFound();
    }
    mustBeAllowed(actor, action, ticket, this.config.donorAccess);
    return ticket;
  }
}
