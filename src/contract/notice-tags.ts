/**
 * How pushes and open pages of the dashboard name what they show, so that a browser shows it once: of two notifications with one
 * tag the later takes the place of the earlier, and the same key says that both are about the same thing.
 */
export const ticketTag = (ticketId: string): string => `concierge-${ticketId}`;
export const callTag = (ticketId: string): string => `concierge-call-${ticketId}`;
export const eventKey = (ticketId: string, seq: number): string => `${ticketId}:${seq}`;
/** A request for a call, by when it no longer rings. */
export const ringKey = (ticketId: string, expiresAt: Date): string =>
  `${ticketId}:ring:${expiresAt.getTime()}`;
