import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createStaff } from '../factories/staff.factory.js';
import { createTicket, type TicketFixture } from '../factories/ticket.factory.js';
import { Client, expectRefusal, ok, TEXT, type Answer } from '../support/client.js';
import { openDesk, type Desk } from '../support/desk.js';
import { httpRequest } from '../support/http.js';
import { eventTypes, expectInvariants, rowsOf } from '../support/ticket-rows.js';

// The routes of the Proof Concierge API in the order in which people meet them; calls are walked in proof-concierge-calls.test.ts, reminders and
// users/me with their modules.
let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
});
afterAll(async () => {
  await expectInvariants(desk.db);
  await desk.close();
});

const idsOf = (answer: Answer['body']): string[] => (answer as { id: string }[]).map(({ id }) => id);
const textsOf = (answer: Answer['body']): string[] =>
  (answer as { content: string; messageType: string }[])
    .filter(({ messageType }) => messageType === 'text')
    .map(({ content }) => content);
const stored = async ({ id }: { id: string }) => (await rowsOf(desk.db, id))!;
/** The desk's list of one status, newest first. */
const listOf = async (status: string): Promise<string[]> =>
  idsOf(await ok(desk.admin.get(`/tickets?status=${status}&limit=100`)));

describe('3.1 authentication', () => {
  test('POST /auth/login opens what staff may', async () => {
    const { user, password } = await createStaff(desk.server.app);
    const { username } = user;
    const { accessToken } = await ok(desk.link.post('/auth/login', { username, password }));
    const staff = new Client(desk.server, { authorization: `Bearer ${accessToken}` });
    expect(await ok(staff.get('/auth/me'))).toMatchObject({ username, role: 'ADMIN' });
    expectRefusal(await desk.link.post('/auth/login', { username, password: 'wrong' }), 401, 'UNAUTHORIZED');
  });
});

describe('3.2 a query from the first word to the last', () => {
  let query: TicketFixture;
  beforeAll(async () => {
    query = await createTicket(desk.server, {
      subject: 'My receipt',
      description: 'Where is it?',
      context: { stage: 'checkout', test: 'A', device: 'Pixel' },
    });
  });

  test('POST /donor-queries: a donor without an account opens it', async () => {
    const { ticket } = await stored(query);
    expect(ticket).toMatchObject({ status: 'new', donor_id: query.donorId, admin_id: null });
    expect(ticket.context).toEqual({ stage: 'checkout', test: 'A', device: 'Pixel' });
  });

  test('GET /donor-queries/:id: its donor reads it', async () => {
    const read = await ok(query.donor.get(`/tickets/${query.id}`));
    expect(read).toMatchObject({ id: query.id, status: 'new' });
    expect(read).not.toHaveProperty('helpfulNotes');
  });

  test('GET /donor-queries/user: a donor finds what is theirs, and nothing of others', async () => {
    const other = await createTicket(desk.server);
    expect(idsOf(await ok(query.donor.get(`/tickets/donor/${query.donorId}`)))).toEqual([query.id]);
    expectRefusal(await query.donor.get(`/tickets/donor/${other.donorId}`), 404, 'NOT_FOUND');
    expectRefusal(await desk.link.get(`/tickets/donor/${query.donorId}`), 401, 'UNAUTHORIZED');
  });

  test('GET /donor-queries/general: the donor’s own, narrowed by status', async () => {
    expect(idsOf(await ok(query.donor.get('/tickets?status=new,pending')))).toEqual([query.id]);
    expect(await ok(query.donor.get('/tickets?status=resolved'))).toEqual([]);
  });

  test('GET /donor-queries: staff see all', async () => {
    expect(idsOf(await ok(desk.admin.get('/tickets')))).toContain(query.id);
  });

  test('GET /donor-queries/admin/:id: staff see more of it', async () => {
    const read = await ok(desk.admin.get(`/tickets/${query.id}`));
    expect(read).toMatchObject({ id: query.id, priority: TEXT, tags: [] });
  });

  test('PATCH /donor-queries/:id/accept: one accepts, and the next is told who did', async () => {
    await ok(desk.admin.put(`/tickets/${query.id}/assign`));
    expect((await stored(query)).ticket).toMatchObject({ status: 'pending', admin_id: desk.admin.id });
    expectRefusal(await desk.colleague.put(`/tickets/${query.id}/assign`), 409, 'TICKET_ALREADY_ASSIGNED');
  });

  test('GET /donor-queries/in-progress: whatever staff or donor still work on', async () => {
    expect(await listOf('pending,waiting_for_donor,active_call')).toContain(query.id);
    expect(await listOf('new')).not.toContain(query.id);
  });

  test('PATCH /donor-queries/:id: staff correct it', async () => {
    await ok(desk.admin.patch(`/tickets/${query.id}`, { category: 'Receipts and tax', priority: 'high' }));
    expect((await stored(query)).ticket).toMatchObject({ category: 'Receipts and tax', priority: 'high' });
  });

  test('PATCH /donor-queries/:id/transfer, GET /donor-queries/transferred', async () => {
    const note = { toAdminId: desk.colleague.id, transferNotes: 'Knows receipts' };
    await ok(desk.admin.post(`/tickets/${query.id}/transfer`, note));
    expect((await stored(query)).ticket).toMatchObject({
      status: 'transferred',
      admin_id: desk.colleague.id,
    });
    expect(await listOf('transferred')).toContain(query.id);
    expect(await ok(desk.admin.get(`/tickets/${query.id}/transfers`))).toMatchObject([
      { transferNotes: 'Knows receipts' },
    ]);
  });

  test('PATCH /donor-queries/:id/resolve, GET /donor-queries/resolved', async () => {
    await ok(desk.colleague.put(`/tickets/${query.id}/resolve`));
    expect((await stored(query)).ticket).toMatchObject({
      status: 'resolved',
      resolved_by_id: desk.colleague.id,
    });
    expect(await listOf('resolved')).toContain(query.id);
    expect(await listOf('resolved,closed')).toContain(query.id);
    expectRefusal(await desk.admin.get('/tickets?status=resolved,nonsense'), 400, 'BAD_REQUEST');
  });

  test('POST /donor-queries/:id/donor-close: the donor closes it, and only that donor', async () => {
    const mine = await createTicket(desk.server);
    const stranger = await createTicket(desk.server);
    const close = (who: Client, donorId: string) => who.put(`/tickets/${mine.id}/donor/${donorId}/resolve`);
    expectRefusal(await close(stranger.donor, stranger.donorId), 404, 'NOT_FOUND');
    await ok(close(mine.donor, mine.donorId));
    expect((await stored(mine)).ticket).toMatchObject({ status: 'resolved', resolved_by_id: null });
    expect(await eventTypes(desk.db, mine.id, 1)).toContain('ticket.status_changed');
  });

  test('DELETE /donor-queries/:id: gone, with a line in the audit log', async () => {
    const spam = await createTicket(desk.server);
    await ok(desk.boss.delete(`/tickets/${spam.id}`));
    expect(await rowsOf(desk.db, spam.id)).toBeNull();
    const { rows } = await desk.db.query('SELECT action FROM audit_log WHERE subject LIKE $1', [
      `%${spam.id}%`,
    ]);
    expect(rows).not.toEqual([]);
  });
});

describe('3.3 messages', () => {
  let query: TicketFixture;
  beforeAll(async () => {
    query = await createTicket(desk.server);
    await ok(desk.admin.put(`/tickets/${query.id}/assign`));
  });

  test('POST /messages and POST /messages/admin/:queryId: both write', async () => {
    await ok(query.donor.post(`/tickets/${query.id}/messages`, { content: 'Hello?' }), 201);
    await ok(desk.admin.post(`/tickets/${query.id}/messages`, { content: 'Hello!' }), 201);
    await ok(desk.admin.post(`/tickets/${query.id}/notes`, { content: 'New donor' }), 201);
    await ok(desk.colleague.post(`/tickets/${query.id}/messages`, { content: 'Me too' }), 201);
    expect(await eventTypes(desk.db, query.id, 1)).toContain('message.posted');
  });

  test.each(['GET /messages/query/:queryId', 'GET /messages/:queryId'])('%s: the donor reads', async () => {
    expect(textsOf(await ok(query.donor.get(`/tickets/${query.id}/messages`)))).toEqual([
      'Hello?',
      'Hello!',
      'Me too',
    ]);
  });

  test('GET /messages/admin/:queryId: staff read notes too', async () => {
    const read = await ok(desk.admin.get(`/tickets/${query.id}/messages`));
    expect(read).toContainEqual(expect.objectContaining({ messageType: 'note', content: 'New donor' }));
  });

  describe('GET /messages/between/:userId1/:userId2', () => {
    const between = (one: string | number, other: string | number, rest = '') =>
      desk.boss.get(`/messages/between/${one}/${other}${rest}`);

    test('what the two wrote to each other, on every ticket that both are on', async () => {
      const again = await createTicket(desk.server, { donorId: query.donorId });
      await ok(again.donor.post(`/tickets/${again.id}/messages`, { content: 'Once more' }), 201);
      expect(textsOf(await ok(between(query.donorId, desk.admin.id)))).toEqual(['Hello!', 'Hello?']);
      await ok(desk.admin.post(`/tickets/${again.id}/messages`, { content: 'Yes?' }), 201);
      const all = ['Yes?', 'Once more', 'Hello!', 'Hello?'];
      expect(textsOf(await ok(between(query.donorId, desk.admin.id)))).toEqual(all);
      expect(textsOf(await ok(between(desk.admin.id, query.donorId)))).toEqual(all);
    });

    test('staff with staff; notes are addressed to nobody', async () => {
      const read = await ok(between(desk.admin.id, desk.colleague.id));
      expect(textsOf(read)).toEqual(['Me too', 'Hello!']);
      expect(JSON.stringify(read)).not.toContain('New donor');
    });

    test('in pages', async () => {
      const seen: string[] = [];
      let path: string | undefined = `/messages/between/${query.donorId}/${desk.admin.id}?limit=3`;
      for (let pages = 0; path !== undefined; pages += 1) {
        expect(pages).toBeLessThan(3);
        const answer: Answer = await desk.boss.get(path);
        seen.push(...textsOf(answer.body));
        path = /<\/api\/v1([^>]+)>; rel="next"/.exec(answer.headers.get('link') ?? '')?.[1];
      }
      expect(seen).toEqual(['Yes?', 'Once more', 'Hello!', 'Hello?']);
    });

    test('nothing between those who never met, and nothing for a cursor of one’s own making', async () => {
      expect(await ok(between(query.donorId, desk.boss.id))).toEqual([]);
      expect(await ok(between('nobody', desk.admin.id))).toEqual([]);
      expectRefusal(await between(query.donorId, desk.admin.id, '?cursor=abc'), 400, 'BAD_REQUEST');
    });

    test('is for staff', async () => {
      const path = `/messages/between/${query.donorId}/${desk.admin.id}`;
      expectRefusal(await query.donor.get(path), 403, 'FORBIDDEN');
      expectRefusal(await desk.link.get(path), 401, 'UNAUTHORIZED');
    });
  });
});

describe('3.6 health', () => {
  test.each(['/health', '/health/ping', '/health/advanced'])('GET %s: anybody may ask', async (path) => {
    const answer = await httpRequest(`${desk.server.url}${path}`);
    expect(answer.status).toBe(200);
    expect(await answer.text()).not.toMatch(/127\.0\.0\.1|postgres|canary/);
  });
});
