import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { delegated } from '../factories/delegated-token.factory.js';
import { createTicket } from '../factories/ticket.factory.js';
import { expectRefusal, ok } from '../support/client.js';
import { openNotifyingDesk, untilTold, type NotifyingDesk } from '../support/notices.js';

let desk: NotifyingDesk;
beforeAll(async () => {
  desk = await openNotifyingDesk();
});
afterAll(() => desk.close());

const UUID_IN = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/gi;

describe('an email about a ticket', () => {
  test('names it by number, and carries nothing that opens it', async () => {
    const ticket = await createTicket(desk.server, { callType: 'video' });
    await ok(desk.admin.post(`/tickets/${ticket.id}/messages`, { content: 'Hello' }), 201);
    await untilTold(desk.db, ticket.id);
    const [mail] = desk.smtp.to(ticket.created.donorEmail);
    expect(mail?.parsed.text).toContain(`#concierge=${ticket.created.number}`);
    expect(mail?.parsed.references).toMatch(/^<thread-[0-9a-f]{32}@localhost>$/);
    // The only id in it is the email's own.
    const ids = new Set(mail?.raw.match(UUID_IN));
    expect([...ids]).toEqual([mail?.parsed.messageId?.match(UUID_IN)?.[0]]);
    expect([...ids]).not.toContain(ticket.id);
    const [first] = ids;
    expectRefusal(await desk.link.get(`/tickets/${first}/messages`), 404, 'NOT_FOUND');
  });

  test('stands in one thread with the others about it', async () => {
    const ticket = await createTicket(desk.server);
    for (const content of ['One', 'Two']) {
      await ok(desk.admin.post(`/tickets/${ticket.id}/messages`, { content }), 201);
      await untilTold(desk.db, ticket.id);
    }
    const references = desk.smtp.to(ticket.created.donorEmail).map(({ parsed }) => parsed.references);
    expect(references).toHaveLength(2);
    expect(new Set(references).size).toBe(1);
  });
});

describe('a room', () => {
  test('has a name that leads neither to the call nor to the ticket', async () => {
    const ticket = await createTicket(desk.server, { callType: 'video' });
    const { id, roomName, dailyRoomUrl } = ticket.created.call;
    expect(roomName).toMatch(/^room-[0-9a-f]{40}$/);
    expect(new URL(dailyRoomUrl).pathname).toBe(`/call/${roomName}`);
    for (const secret of [id, ticket.id]) expect(dailyRoomUrl).not.toContain(secret.slice(0, 8));
  });
});

describe('a ticket of a proven donor', () => {
  test('and its calls do not open by their ids', async () => {
    const kim = await delegated(desk.server);
    const { id, call, donorId } = await ok(kim.client.post('/tickets', { callType: 'audio' }), 201);
    const asks: [string, string, unknown?][] = [
      ['GET', `/tickets/${id}/donor/${donorId}`],
      ['PUT', `/tickets/${id}/donor/${donorId}/resolve`],
      ['GET', `/tickets/${id}/events`],
      ['GET', `/tickets/${id}/messages`],
      ['POST', `/tickets/${id}/messages`, { content: 'x', senderId: donorId, senderType: 'donor' }],
      ['POST', `/tickets/${id}/call-requests`, { mode: 'audio' }],
      ['GET', `/calls/ticket/${id}`],
      ['GET', `/calls/${call.id}`],
      ['POST', `/calls/${call.id}/join`],
      ['POST', `/calls/${call.id}/end`],
    ];
    for (const [method, path, body] of asks) {
      const answer = await desk.link.ask(method, path, body);
      expectRefusal(answer, 401, 'UNAUTHORIZED', path);
      if (!path.includes(id)) expect(JSON.stringify(answer.body)).not.toContain(id);
    }
    await ok(kim.client.get(`/calls/${call.id}`));
  });
});

describe('the log of a ticket', () => {
  const eventsOf = async (id: string) => {
    const { events } = await ok(desk.admin.get(`/tickets/${id}/events`));
    return events as { type: string; actor: Record<string, unknown> }[];
  };

  test('says which words came without a token', async () => {
    const { id, donor, donorId, created } = await createTicket(desk.server);
    await ok(donor.post(`/tickets/${id}/messages`, { content: 'Mine' }), 201);
    await ok(desk.link.post(`/tickets/${id}/messages`, { content: 'Mine?', senderId: donorId }), 201);
    await ok(desk.link.post(`/tickets/${id}/messages/mark-read`, { senderType: 'admin' }));
    await ok(desk.link.put(`/tickets/${id}/donor/${donorId}/resolve`));
    const own = { type: 'donor', id: donorId, ...(created.donorName && { name: created.donorName }) };
    const donors = (await eventsOf(id)).filter(({ actor }) => actor['type'] === 'donor');
    expect(donors.map(({ type, actor }) => [type, actor])).toEqual([
      ['ticket.created', own],
      ['message.posted', own],
      ['message.posted', { ...own, via: 'link' }],
      ['ticket.status_changed', { ...own, via: 'link' }],
      // The line that tells of it.
      ['message.posted', { ...own, via: 'link' }],
    ]);
  });
});

describe('the audit log', () => {
  test('names a refused request by its route', async () => {
    const { id, donor } = await createTicket(desk.server);
    await donor.put(`/tickets/${id}/assign`);
    const refused = () =>
      desk.db.query(
        `SELECT DISTINCT subject FROM audit_log WHERE action = 'access.denied' AND subject LIKE 'PUT %'`,
      );
    // The line is written beside the answer; the suite's timeout is the bound.
    while ((await refused()).rows.length === 0) await new Promise(setImmediate);
    const { rows } = await refused();
    expect(rows).toEqual([{ subject: 'PUT /api/v1/tickets/:id/assign' }]);
  });
});
