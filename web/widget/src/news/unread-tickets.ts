import type { Shape } from '../../../client/rest/client.js';
import { sendJson } from '../../../client/request.js';

export type UnreadTicket = Shape<'DonorUnreadTicketResponse'>;

const TIMEOUT_MS = 15_000;

/** The donor's tickets with something to read. */
export async function unreadTickets(
  origin: string,
  token: string,
): Promise<readonly UnreadTicket[] | undefined> {
  return (await ask<Shape<'DonorUnreadResponse'>>(`${origin}/api/v1/me/unread`, token))?.tickets;
}

/** The call that is open on a ticket. */
export async function openCall(origin: string, token: string, ticketId: string): Promise<string | undefined> {
  return (await ask<Shape<'DonorTicketResponse'>>(`${origin}/api/v1/tickets/${ticketId}`, token))?.activeCall
    ?.id;
}

/** Nothing where there is no such answer: that is no news, and the chat says what is wrong when it is opened. */
async function ask<Answer>(url: string, token: string): Promise<Answer | undefined> {
  try {
    const response = await sendJson(url, { method: 'GET', token, timeout: TIMEOUT_MS });
    return response.ok ? ((await response.json()) as Answer) : undefined;
  } catch {
    return undefined;
  }
}
