import { DomainError, forbidden, notFound, unauthorized } from '../../platform/http/errors/domain-error.js';

export const messageNotFound = (): DomainError => notFound('Message');

export const notYourMessage = (): DomainError => forbidden('You can only change your own messages.');

export const senderMismatch = (field: 'senderType' | 'senderId'): DomainError =>
  forbidden(
    field === 'senderType'
      ? 'senderType does not fit who you are: staff write as admin with a staff token, donors as donor.'
      : 'senderId does not fit this ticket: donors write with the donorId of the ticket.',
  );

/** The key of a ticket says which, not who writes: without a token the sender is named. */
export const senderUnknown = (): DomainError =>
  unauthorized('Send the donor token that came with the ticket, or the donorId of the ticket as senderId.');

export const editWindowClosed = (): DomainError =>
  new DomainError({
    code: 'EDIT_WINDOW_CLOSED',
    status: 409,
    message: 'A message can be changed for 15 minutes after it was sent.',
  });

export const messageDeleted = (): DomainError =>
  new DomainError({ code: 'CONFLICT', status: 409, message: 'This message was deleted.' });
