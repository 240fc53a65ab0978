import { afterAll, afterEach, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { Clock } from '../../src/platform/clock/clock.js';
import { createTicket, type TicketFixture } from '../factories/ticket.factory.js';
import { expectRefusal, ok } from '../support/client.js';
import { openDesk, type Desk } from '../support/desk.js';
import { expectInvariants, rowsOf } from '../support/ticket-rows.js';

const MINUTE = 60_000;
const NOW = Date.UTC(2031, 4, 1, 12);

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
});
afterEach(async () => {
  now = NOW;
  await expectInvariants(desk.db);
});
afterAll(() => desk.close());

let now = NOW;
/** The desk's time, which these tests set. */
function setClock(): void {
  jest.spyOn(desk.server.app.get(Clock, { strict: false }), 'now').mockImplementation(() => new Date(now));
}

const iso = (ms: number): string => new Date(ms).toISOString();
const lastEvent = async ({ id }: TicketFixture) => (await rowsOf(desk.db, id))!.events.at(-1)!;
const path = ({ id }: { id: string }) => `/tickets/${id}/callback`;

async function missed(mode: 'audio' | 'video' = 'audio'): Promise<TicketFixture> {
  const ticket = await createTicket(desk.server);
  await ok(ticket.donor.post(`/tickets/${ticket.id}/call-requests`, { mode }), 201);
  now += 10 * MINUTE;
  for (;;) {
    const { callbackDueAt } = await ok(desk.admin.get(`/tickets/${ticket.id}`));
    if (callbackDueAt !== null) return ticket;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

describe('a callback', () => {
  test('is owed within 30 minutes of a missed call, and the donor is told so', async () => {
    setClock();
    const ticket = await missed();
    const due = { callbackDueAt: iso(NOW + 40 * MINUTE), callbackPhone: null };
    expect(await ok(desk.admin.get(`/tickets/${ticket.id}`))).toMatchObject(due);
    expect(await ok(ticket.donor.get(`/tickets/${ticket.id}`))).toMatchObject(due);
  });

  test('takes a number and keeps its time, or takes the time that the donor wishes', async () => {
    setClock();
    const ticket = await missed();
    const due = { callbackDueAt: iso(NOW + 40 * MINUTE), callbackPhone: '+49 30 1234567' };
    expect(await ok(ticket.donor.put(path(ticket), { phone: ' +49 30 1234567 ' }))).toMatchObject(due);
    expect(await lastEvent(ticket)).toMatchObject({
      type: 'ticket.updated',
      actor_type: 'donor',
      public_seq: expect.any(Number),
      data: { changes: due },
    });
    const at = iso(NOW + 24 * 60 * MINUTE);
    const later = await ok(ticket.donor.put(path(ticket), { at }));
    expect(later).toMatchObject({ callbackDueAt: at, callbackPhone: due.callbackPhone });
    const { last_seq: before } = (await rowsOf(desk.db, ticket.id))!.ticket;
    expect(await ok(ticket.donor.put(path(ticket), { at }))).toMatchObject({ callbackDueAt: at });
    expect((await rowsOf(desk.db, ticket.id))!.ticket.last_seq).toBe(before);
  });

  test('is asked for without a call too, and numbers may be in any script', async () => {
    setClock();
    const ticket = await createTicket(desk.server);
    const wanted = await ok(ticket.donor.put(path(ticket), { phone: '٠٣٠ ١٢٣٤٥٦' }));
    expect(wanted).toMatchObject({ callbackDueAt: iso(NOW + 30 * MINUTE), callbackPhone: '٠٣٠ ١٢٣٤٥٦' });
  });

  test('is done when staff say so, once, and is taken back by the donor', async () => {
    setClock();
    const ticket = await missed();
    const none = { callbackDueAt: null, callbackPhone: null };
    expect(await ok(desk.colleague.delete(path(ticket)))).toMatchObject({ ...none, tags: [] });
    const event = await lastEvent(ticket);
    expect(event).toMatchObject({
      type: 'ticket.updated',
      actor_id: String(desk.colleague.id),
      data: { changes: none },
    });
    await ok(desk.admin.delete(path(ticket)));
    expect(await lastEvent(ticket)).toEqual(event);
    await ok(ticket.donor.put(path(ticket), { phone: '030 123456' }));
    expect(await ok(ticket.donor.delete(path(ticket)))).toMatchObject(none);
  });

  test('forgets the number once staff have called', async () => {
    setClock();
    const ticket = await missed();
    await ok(ticket.donor.put(path(ticket), { phone: '030 123456' }));
    await ok(
      desk.admin.post('/calls', { ticketId: ticket.id, callType: 'audio', initiatedBy: 'admin' }),
      201,
    );
    expect(await ok(desk.admin.get(`/tickets/${ticket.id}`))).toMatchObject({
      callbackDueAt: null,
      callbackPhone: null,
    });
  });

  test('is for open tickets, numbers that are numbers, and times within 30 days', async () => {
    setClock();
    const ticket = await createTicket(desk.server);
    const before = await rowsOf(desk.db, ticket.id);
    for (const body of [
      { phone: 'call me' },
      { phone: '12' },
      { phone: '1'.repeat(41) },
      { phone: 123456 },
      { at: iso(NOW - MINUTE) },
      { at: iso(NOW + 31 * 24 * 60 * MINUTE) },
      { at: 'tomorrow' },
      { callbackDueAt: null },
    ])
      expectRefusal(await ticket.donor.put(path(ticket), body), 400, 'BAD_REQUEST');
    expect(await rowsOf(desk.db, ticket.id)).toEqual(before);
    await ok(desk.admin.put(`/tickets/${ticket.id}/close`));
    expectRefusal(await ticket.donor.put(path(ticket), {}), 409, 'TICKET_CLOSED');
  });
});

describe('the list of callbacks', () => {
  test('has the longest due first, in pages, and knows which are overdue', async () => {
    await desk.db.query('UPDATE tickets SET callback_due_at = NULL');
    setClock();
    const tickets = [];
    for (const hours of [3, 1, 2]) {
      const ticket = await createTicket(desk.server);
      await ok(ticket.donor.put(path(ticket), { at: iso(NOW + hours * 60 * MINUTE) }));
      tickets.push(ticket.id);
    }
    await createTicket(desk.server);
    const [three, one, two] = tickets;
    const listed = async (query: string) =>
      (await ok(desk.admin.get(`/tickets?${query}`))).map(({ id }: { id: string }) => id);
    expect(await listed('callback=owed')).toEqual([one, two, three]);
    const first = await desk.admin.get('/tickets?callback=owed&limit=2');
    expect(first.headers.get('x-total-count')).toBe('3');
    const [, next] = /<\/api\/v1\/tickets\?([^>]+)>/.exec(first.headers.get('link')!)!;
    expect(await listed(next!)).toEqual([three]);
    expect(await listed('callback=overdue')).toEqual([]);
    now += 90 * MINUTE;
    expect(await listed('callback=overdue')).toEqual([one]);
    expect(await listed('callback=owed&sort=-createdAt')).toEqual([two, one, three]);
  });

  test('is for staff, and its order goes with it', async () => {
    const ticket = await createTicket(desk.server);
    expectRefusal(await ticket.donor.get('/tickets?callback=owed'), 400, 'BAD_REQUEST');
    expectRefusal(await desk.admin.get('/tickets?sort=callbackDueAt'), 400, 'BAD_REQUEST');
    expectRefusal(await desk.admin.get('/tickets?callback=soon'), 400, 'BAD_REQUEST');
  });
});
