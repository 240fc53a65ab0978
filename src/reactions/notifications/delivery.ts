import type { Delivery, Donor, Ticket } from '../../platform/database/generated/client.js';

/** One notification and the ticket it is about. */
export interface Notice {
  delivery: Delivery;
  ticket: Ticket & { donor: Pick<Donor, 'locale' | 'timeZone'> };
  /** Where the desk is: an IANA name. */
  deskZone: string;
}

/** The member of staff it is for; undefined when it is for the donor. */
export function staffIdOf({ recipient }: Pick<Delivery, 'recipient'>): number | undefined {
  return recipient === 'donor' ? undefined : Number(recipient.slice('user:'.length));
}
