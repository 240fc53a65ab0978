import type { Config } from '../../platform/config/config.js';
import { forbidden, unauthorized, type DomainError } from '../../platform/http/errors/domain-error.js';
import type { Actor } from '../auth/actor.js';
import { staffOnly, superAdminOnly } from '../auth/auth.errors.js';
import { ownerKeysOf, type OwnerFacts } from '../auth/owner-key.js';
import { ticketNotFound } from './ticket.errors.js';

/** What can be done to a ticket (docs/api.md, "Who is asking"). */
export type TicketAction =
  /** Read it, its public messages and events; post, edit, type, upload; call; resolve; rate. */
  | 'take_part'
  /** The same by its id alone. */
  | 'take_part_by_link'
  /** Notes, routing, priority, tags, accept, reply, close … */
  | 'work'
  /** Give it to somebody, when the actor or nobody owns it. */
  | 'hand_over'
  /** Take it away for good, with everything that was said. */
  | 'delete';

export interface OwnedTicket extends OwnerFacts {
  donorSessionId: string | null;
  adminId: number | null;
}

/** Nobody's ticket: those who may not even ask get the same refusal whether it exists or not. */
export const NO_TICKET: OwnedTicket = {
  donorEmail: null,
  donorEmailCorrected: false,
  donorSessionId: null,
  ownerKey: null,
  provenEmail: null,
  adminId: null,
};

export type DonorAccess = Config['donorAccess'];
export type Decision = 'allow' | 'not_found' | 'forbidden' | 'unauthorized';

/**
 * A guest owns what was made in its session. Who has proven an identity owns what that identity made or took over, and who has
 * proven a mailbox the tickets whose donor has named it. The donorId of a ticket decides nothing: anybody may claim any.
 */
function ownsAsDonor(actor: Extract<Actor, { kind: 'donor' }>, ticket: OwnedTicket): boolean {
  if (actor.ownerKey === null) return actor.sessionId === ticket.donorSessionId;
  return ownerKeysOf(ticket).includes(actor.ownerKey);
}

/** Pure: may this actor do this to this ticket? REST and sockets both ask here. */
export function may(actor: Actor, action: TicketAction, ticket: OwnedTicket, access: DonorAccess): Decision {
  switch (actor.kind) {
    case 'system':
      return 'allow';
    case 'staff':
      return mayStaff(actor, action, ticket);
    case 'donor':
      if (action !== 'take_part' && action !== 'take_part_by_link') return 'forbidden';
      return ownsAsDonor(actor, ticket) ? 'allow' : 'not_found';
    case 'link':
      // The key alone opens what a guest made; a proven donor's ticket needs that donor's token.
      return action === 'take_part_by_link' && access !== 'token' && ticket.ownerKey === null
        ? 'allow'
        : 'unauthorized';
  }
}

function mayStaff(
  actor: Extract<Actor, { kind: 'staff' }>,
  action: TicketAction,
  ticket: OwnedTicket,
): Decision {
  if (actor.role === 'SUPER_ADMIN') return 'allow';
  switch (action) {
    case 'take_part':
    case 'take_part_by_link':
    case 'work':
      return 'allow';
    case 'hand_over':
      return ticket.adminId === null || ticket.adminId === actor.id ? 'allow' : 'forbidden';
    case 'delete':
      return 'forbidden';
  }
}

/** The error that a refusal becomes. */
function refusal(actor: Actor, action: TicketAction, decision: Exclude<Decision, 'allow'>): DomainError {
  switch (decision) {
    case 'not_found':
      return ticketNotFound();
    case 'forbidden':
      if (actor.kind !== 'staff') return staffOnly(actor);
      if (action === 'delete') return superAdminOnly();
      return forbidden('This ticket belongs to another admin. A super admin can move it.');
    case 'unauthorized':
      return unauthorized();
  }
}

/** Throws unless allowed. */
export function mustBeAllowed(
  actor: Actor,
  action: TicketAction,
  ticket: OwnedTicket,
  access: DonorAccess,
): void {
  const decision = may(actor, action, ticket, access);
  if (decision !== 'allow') throw refusal(actor, action, decision);
}
