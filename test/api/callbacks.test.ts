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

describe('a wish to be called back', () => {
  const line = { key: 'callback.requested', params: {} };
  const typesOf = async ({ id }: { id: string }) =>
    (await rowsOf(desk.db, id))!.events.map(({ type, actor_type }) => `${type} ${actor_type}`);

  test('is a line of the thread, once, for the donor and for staff; what staff plan is none', async () => {
    setClock();
    const ticket = await createTicket(desk.server);
    await ok(ticket.donor.put(path(ticket), {}));
    await ok(ticket.donor.put(path(ticket), { phone: '030 123456' }));
    expect(await typesOf(ticket)).toEqual([
      'ticket.created donor',
      'ticket.updated donor',
      'message.posted donor',
      'ticket.updated donor',
    ]);
    for (const reader of [ticket.donor, desk.admin])
      expect(await ok(reader.get(`/tickets/${ticket.id}/messages`))).toMatchObject([
        { messageType: 'system', system: line, content: 'A callback was requested.' },
      ]);
    const planned = await createTicket(desk.server);
    await ok(desk.admin.put(path(planned), {}));
    expect(await typesOf(planned)).toEqual(['ticket.created donor', 'ticket.updated admin']);
  });

  test('may come with a new ticket, in one transaction, and rings for nobody', async () => {
    setClock();
    const body = { donorId: 'd-1', donorEmail: 'd@example.org', callback: { phone: '030 123456' } };
    const made = await ok(desk.link.post('/tickets', body), 201);
    const due = { callbackDueAt: iso(NOW + 30 * MINUTE), callbackPhone: '030 123456' };
    expect(made).toMatchObject({ ...due, callType: null, call: null, seq: 3 });
    expect(made).not.toHaveProperty('callPending');
    expect(await ok(desk.admin.get(`/tickets/${made.id}`))).toMatchObject(due);
    expect(await ok(desk.admin.get('/call-requests'))).toEqual([]);
    const { events } = await ok(desk.admin.get(`/tickets/${made.id}/events?after=0`));
    expect(events).toMatchObject([
      { type: 'ticket.created', seq: 1 },
      { type: 'ticket.updated', seq: 2, changes: due, actor: { type: 'donor' } },
      { type: 'message.posted', seq: 3, system: line },
    ]);
    const listed = await ok(desk.admin.get('/tickets?callback=owed'));
    expect(listed.find(({ id }: { id: string }) => id === made.id)).toMatchObject(due);
  });

  test('may come with a ticket that staff open, at a time', async () => {
    setClock();
    const at = iso(NOW + 24 * 60 * MINUTE);
    const body = { donorId: 'd-2', donorEmail: 'd2@example.org', callback: { at } };
    const made = await ok(desk.admin.post('/tickets', body), 201);
    expect(made).toMatchObject({ callbackDueAt: at, callbackPhone: null });
    expect(await typesOf(made)).toEqual(['ticket.created admin', 'ticket.updated admin']);
  });

  test('is refused with what is no number, no time or a call as well, and no ticket is opened', async () => {
    setClock();
    const { rows: before } = await desk.db.query('SELECT count(*) FROM tickets');
    for (const wrong of [
      { callback: { phone: 'call me' } },
      { callback: { at: iso(NOW - MINUTE) } },
      { callback: { mode: 'audio' } },
      { callback: 'yes' },
      { callback: [{}] },
      { callback: {}, callType: 'audio' },
    ])
      expectRefusal(
        await desk.link.post('/tickets', { donorId: 'd-3', donorEmail: 'd@example.org', ...wrong }),
        400,
        'BAD_REQUEST',
      );
    expect((await desk.db.query('SELECT count(*) FROM tickets')).rows).toEqual(before);
  });
});

describe('outside the business hours', () => {
  const hours = [1, 2, 3, 4, 5].map((weekday) => ({ weekday, from: '09:00', to: '17:00' }));
  const setHours = async (change: object) => {
    const { version } = await ok(desk.boss.get('/desk/settings'));
    await ok(desk.boss.patch('/desk/settings', { version, ...change }));
  };
  afterEach(() => setHours({ hours: [], holidays: [], timeZone: 'UTC' }));

  /** Friday evening in Berlin; the clocks go forward on Sunday, and Monday is a holiday. */
  const FRIDAY = Date.UTC(2031, 2, 28, 20);
  const TUESDAY = '2031-04-01T07:30:00.000Z';

  test('callbacks are due half an hour after the next opening, wished for or missed', async () => {
    setClock();
    await setHours({ hours, timeZone: 'Europe/Berlin', holidays: [{ date: '2031-03-31', name: 'Closed' }] });
    now = FRIDAY;
    const asked = await createTicket(desk.server);
    expect(await ok(asked.donor.put(path(asked), {}))).toMatchObject({ callbackDueAt: TUESDAY });
    const body = { donorId: 'd-4', donorEmail: 'd@example.org', callback: {} };
    expect(await ok(desk.link.post('/tickets', body), 201)).toMatchObject({ callbackDueAt: TUESDAY });
    const unheard = await missed();
    expect(await ok(desk.admin.get(`/tickets/${unheard.id}`))).toMatchObject({ callbackDueAt: TUESDAY });
    const at = iso(FRIDAY + 60 * MINUTE);
    expect(await ok(asked.donor.put(path(asked), { at }))).toMatchObject({ callbackDueAt: at });
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
