import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { TicketStatus } from '../../src/contract/ticket-status.js';
import { createTicketIn } from '../factories/ticket.factory.js';
import { expectRefusal, ok } from '../support/client.js';
import { openDesk, type Desk } from '../support/desk.js';
import { eventTypes, expectInvariants, rowsOf } from '../support/ticket-rows.js';

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
});
afterAll(async () => {
  await expectInvariants(desk.db);
  await desk.close();
});

const ticketIn = (status: TicketStatus) =>
  createTicketIn(desk.server, status, { owner: desk.admin, heirId: desk.admin.id });

describe('adminId: null', () => {
  test.each<[TicketStatus, TicketStatus]>([
    ['pending', 'new'],
    ['waiting_for_donor', 'new'],
    ['resolved', 'resolved'],
    ['closed', 'closed'],
  ])('hands a ticket that is %s back to the team, and it is %s', async (before, after) => {
    const { id } = await ticketIn(before);
    const seq = Number((await rowsOf(desk.db, id))!.ticket.last_seq);
    const answer = await ok(desk.admin.patch(`/tickets/${id}`, { adminId: null }));
    expect(answer).toMatchObject({ adminId: null, status: after });
    const types = await eventTypes(desk.db, id, seq);
    expect(types).toEqual(['ticket.assigned', ...(before === after ? [] : ['ticket.status_changed'])]);
    const event = (await rowsOf(desk.db, id))!.events.find((one) => one.seq === seq + 1);
    const facts = { from: desk.admin.id, to: null, by: desk.admin.id, reason: 'handed_back', admin: null };
    expect(event!.data).toEqual(facts);
    const rows = await rowsOf(desk.db, id);
    await ok(desk.colleague.put(`/tickets/${id}`, { adminId: null }));
    expect(await rowsOf(desk.db, id)).toEqual(rows);
  });

  test('is the owner’s and a super admin’s to say', async () => {
    const { id } = await ticketIn('pending');
    const before = await rowsOf(desk.db, id);
    const refused = await desk.colleague.patch(`/tickets/${id}`, { adminId: null });
    expectRefusal(refused, 409, 'TICKET_ALREADY_ASSIGNED');
    expect(refused.body.owner).toMatchObject({ id: desk.admin.id });
    expect(await rowsOf(desk.db, id)).toEqual(before);
    expect(await ok(desk.boss.patch(`/tickets/${id}`, { adminId: null }))).toMatchObject({ adminId: null });
    const taken = await ok(desk.colleague.put(`/tickets/${id}/assign`));
    expect(taken).toMatchObject({ adminId: desk.colleague.id, status: 'pending' });
  });
});
