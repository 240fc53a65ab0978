import { randomBytes } from 'node:crypto';
import type { TicketStatus } from '../../src/contract/ticket-status.js';
import { Client, ok, type Answer } from '../support/client.js';
import type { TestApp } from '../support/app.js';

/** A ticket that a donor without an account has opened over HTTP. */
export interface TicketFixture {
  id: string;
  donorId: string;
  /** What POST /tickets answered. */
  created: Answer['body'];
  /** The donor, by the token that came with the ticket. */
  donor: Client;
}

/** Opens a ticket as an anonymous donor; a text ticket unless `callType` is given. */
export async function createTicket(
  server: Pick<TestApp, 'url'>,
  fields: Record<string, unknown> = {},
): Promise<TicketFixture> {
  const donorId = `donor-${randomBytes(6).toString('hex')}`;
  const body = { donorId, donorEmail: `${donorId}@example.org`, ...fields };
  const created = await ok(new Client(server).post('/tickets', body), 201);
  const donor = new Client(server, { authorization: `Bearer ${created.donorToken}` });
  return { id: created.id, donorId: created.donorId, created, donor };
}

/** The person needed to bring a ticket into a status. */
export interface Cast {
  /** Accepts, replies, calls. */
  owner: Client;
  /** Is handed the ticket by the owner. */
  heirId: number;
}

/** Opens a ticket and brings it into `status` by the verbs that lead there. */
export async function createTicketIn(
  server: Pick<TestApp, 'url'>,
  status: TicketStatus,
  { owner, heirId }: Cast,
  fields: Record<string, unknown> = {},
): Promise<TicketFixture> {
  const ticket = await createTicket(server, fields);
  const at = `/tickets/${ticket.id}`;
  if (status === 'new') return ticket;
  await ok(owner.put(`${at}/assign`));
  switch (status) {
    case 'pending':
      break;
    case 'waiting_for_donor':
      await ok(owner.post(`${at}/messages`, { content: 'How can I help?' }), 201);
      break;
    case 'active_call':
      await ok(owner.post('/calls', { ticketId: ticket.id, callType: 'video', initiatedBy: 'admin' }), 201);
      break;
    case 'transferred':
      await ok(owner.post(`${at}/transfer`, { toAdminId: heirId }));
      break;
    case 'resolved':
      await ok(owner.put(`${at}/resolve`));
      break;
    case 'closed':
      await ok(owner.put(`${at}/close`));
      break;
    case 'cancelled':
      await ok(owner.put(`${at}/cancel`));
  }
  return ticket;
}
