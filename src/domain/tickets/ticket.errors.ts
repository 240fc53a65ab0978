import type { TicketStatus } from '../../contract/ticket-status.js';
import { DomainError, notFound } from '../../platform/http/errors/domain-error.js';

/** 404: missing, or somebody else's; the two are not told apart. */
export const ticketNotFound = (): DomainError => notFound('Ticket');

export const ticketAlreadyAssigned = (owner: { id: number; name: string; username: string }): DomainError =>
  new DomainError({
    code: 'TICKET_ALREADY_ASSIGNED',
    status: 409,
    message: `${owner.name} has already taken this ticket.`,
    details: { owner },
  });

export const illegalTransition = (from: TicketStatus, to: TicketStatus): DomainError =>
  new DomainError({
    code: 'ILLEGAL_TRANSITION',
    status: 409,
    message: `A ticket that is ${from} cannot become ${to}.`,
    details: { from, to },
  });

export const ticketClosed = (status: string): DomainError =>
  new DomainError({
    code: 'TICKET_CLOSED',
    status: 409,
    message: `This ticket is ${status}. Please open a new one.`,
    details: { status },
  });

export const ticketStale = (version: number): DomainError =>
  new DomainError({
    code: 'TICKET_STALE',
    status: 409,
    message: 'Somebody changed this ticket in the meantime. Reload it and try again.',
    details: { version },
  });

export const transferTargetInvalid = (message: string): DomainError =>
  new DomainError({ code: 'TRANSFER_TARGET_INVALID', status: 400, message });

export const ratingRefused = (message: string): DomainError =>
  new DomainError({ code: 'CONFLICT', status: 409, message });
