import { afterAll, afterEach, describe, expect, test } from '@jest/globals';
import type { Config } from '../../src/platform/config/config.js';
import { createDonorSession } from '../factories/donor-session.factory.js';
import { createTicket } from '../factories/ticket.factory.js';
import { Client, expectRefusal, ok } from '../support/client.js';
import { openDesk, type Desk } from '../support/desk.js';
import { expectInvariants, rowsOf } from '../support/ticket-rows.js';

const desks = new Map<string, Promise<Desk>>();
/** One desk for each setting of DONOR_ACCESS. */
function deskWith(donorAccess: Config['donorAccess']): Promise<Desk> {
  const desk = desks.get(donorAccess) ?? openDesk({ donorAccess });
  desks.set(donorAccess, desk);
  return desk;
}
afterEach(async () => {
  for (const desk of desks.values()) await expectInvariants((await desk).db);
});
afterAll(async () => {
  for (const desk of desks.values()) await (await desk).close();
});

const idsOf = (tickets: { id: string }[]) => tickets.map(({ id }) => id).sort();

describe('GET /tickets/donor/:donorId', () => {
  test.each(['link', 'token'] as const)('with DONOR_ACCESS=%s needs that donor’s token', async (access) => {
    const { server, link, admin } = await deskWith(access);
    const ticket = await createTicket(server);
    const at = `/tickets/donor/${ticket.donorId}`;
    expectRefusal(await link.get(at), 401, 'UNAUTHORIZED', at);
    expect(idsOf(await ok(ticket.donor.get(at)))).toEqual([ticket.id]);
    expect(idsOf(await ok(admin.get(at)))).toEqual([ticket.id]);
    const stranger = await createTicket(server);
    expectRefusal(await stranger.donor.get(at), 404, 'NOT_FOUND', at);
  });

  test('with DONOR_ACCESS=open lists to anybody', async () => {
    const { server, link } = await deskWith('open');
    const ticket = await createTicket(server);
    expect(idsOf(await ok(link.get(`/tickets/donor/${ticket.donorId}`)))).toEqual([ticket.id]);
    expect(await ok(link.get('/tickets/donor/nobody'))).toEqual([]);
  });

  test('a donorId opens nothing: a guest sees the guest’s own tickets, a verified donor those of the identity', async () => {
    const { server } = await deskWith('link');
    const first = await createTicket(server, { donorId: 'kim' });
    const impostor = await createTicket(server, { donorId: 'kim' });
    const verified = await createDonorSession(server.app, {
      donorId: 'kim',
      email: 'kim@shop.test',
      ownerKey: 'jwt::kim',
    });
    expect(idsOf(await ok(impostor.donor.get('/tickets/donor/kim')))).toEqual([impostor.id]);
    expectRefusal(await impostor.donor.get(`/tickets/${first.id}`), 404, 'NOT_FOUND');
    const kim = new Client(server, verified.headers);
    const own = await ok(kim.post('/tickets', { subject: 'Mine' }), 201);
    expect(idsOf(await ok(kim.get('/tickets/donor/kim')))).toEqual([own.id]);
    expect(idsOf(await ok(kim.get('/tickets')))).toEqual([own.id]);
    await ok(kim.post(`/tickets/${own.id}/messages`, { content: 'Me again' }), 201);
    for (const foreign of [first, impostor]) {
      expectRefusal(await kim.get(`/tickets/${foreign.id}`), 404, 'NOT_FOUND');
      const answer = await kim.post(`/tickets/${foreign.id}/messages`, { content: 'Me?' });
      expectRefusal(answer, 404, 'NOT_FOUND');
    }
    expectRefusal(await impostor.donor.get(`/tickets/${own.id}`), 404, 'NOT_FOUND');
  });
});

describe('DONOR_ACCESS=token', () => {
  test('lets a link create a ticket and do nothing more', async () => {
    const { server, link, db } = await deskWith('token');
    const { id, donorId, donor, created } = await createTicket(server, { callType: 'video' });
    const message = await ok(donor.post(`/tickets/${id}/messages`, { content: 'Mine' }), 201);
    const { activeCallId } = created;
    const before = await rowsOf(db, id);
    const missing = '00000000-0000-4000-8000-000000000000';
    const asks: [string, string, unknown?][] = [
      ['GET', `/tickets/${id}/donor/${donorId}`],
      ['PUT', `/tickets/${id}/donor/${donorId}/resolve`],
      ['GET', `/tickets/${id}/events`],
      ['GET', `/tickets/${id}/messages`],
      ['POST', `/tickets/${id}/messages`, { content: 'x' }],
      ['PUT', `/tickets/${id}/messages/${message.id}`, { content: 'x' }],
      ['DELETE', `/tickets/${id}/messages/${message.id}`],
      ['POST', `/tickets/${id}/messages/mark-read`, { senderType: 'admin' }],
      ['POST', `/tickets/${id}/rating`, { rating: 5 }],
      ['POST', '/calls', { ticketId: id, callType: 'video', initiatedBy: 'donor' }],
      ['GET', `/calls/ticket/${id}`],
      ['GET', `/calls/${activeCallId}`],
      ['POST', `/calls/${activeCallId}/join`],
      ['POST', `/calls/${activeCallId}/end`],
    ];
    for (const [method, path, body] of asks) {
      expectRefusal(await link.ask(method, path, body), 401, 'UNAUTHORIZED', path);
      // What does not exist looks the same to somebody who may not ask.
      if (!path.includes(id)) continue;
      const answer = await link.ask(method, path.replace(id, missing), body);
      expect({ path, status: answer.status }).toEqual({ path, status: 401 });
    }
    expect(await rowsOf(db, id)).toEqual(before);
    await ok(donor.get(`/tickets/${id}/messages`));
  });
});
