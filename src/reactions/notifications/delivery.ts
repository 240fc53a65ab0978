import type { Delivery, Ticket } from '../../platform/database/generated/client.js';

/** One notification and the ticket it is about. */
export interface Notice {
  delivery: Delivery;
  ticket: Ticket;
}

/** The member of staff it is for; undefined when it is for the donor. */
export function staffIdOf({ recipient }: Pick<Delivery, 'recipient'>): number | undefined {
  return recipient === 'donor' ? undefined : Number(recipient.slice('user:'.length));
}
