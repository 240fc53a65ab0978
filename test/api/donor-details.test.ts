import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { DonorSessionsService } from '../../src/domain/donors/sessions/donor-sessions.service.js';
import { mailboxKey } from '../../src/domain/auth/owner-key.js';
import { createTicket } from '../factories/ticket.factory.js';
import { Client, expectRefusal, ok } from '../support/client.js';
import { openDesk, type Desk } from '../support/desk.js';
import { rowsOf } from '../support/ticket-rows.js';

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
});
afterAll(() => desk.close());

/** Somebody who has proven to read a mailbox. */
async function readerOf(mailbox: string): Promise<Client> {
  const sessions = desk.server.app.get(DonorSessionsService, { strict: false });
  const proof = { ownerKey: mailboxKey(mailbox), verifiedAt: new Date() };
  const { token } = await sessions.issue({ donorId: mailbox, email: mailbox, name: null, ...proof });
  return new Client(desk.server, { authorization: `Bearer ${token}` });
}

describe('what a ticket says about its donor', () => {
  test('is corrected by staff, and each change is an event', async () => {
    const { id, donor } = await createTicket(desk.server, { donorEmail: 'typo@example.org' });
    const fields = {
      ...{ donorName: 'Kim Lee', donorEmail: 'right@example.org' },
      context: { page: '/give', plan: 'monthly' },
    };
    expect(await ok(desk.admin.patch(`/tickets/${id}`, fields))).toMatchObject({ ...fields, version: 2 });
    const last = (await rowsOf(desk.db, id))!.events.at(-1);
    const data = { changes: fields, from: { donorEmail: 'typo@example.org' } };
    expect(last).toMatchObject({ type: 'ticket.updated', public_seq: 2, data });
    const [seen] = (await ok(donor.get(`/tickets/${id}/events?after=1`))).events;
    expect(seen).not.toHaveProperty('from');
    expect(seen.changes).toEqual({ donorName: 'Kim Lee', donorEmail: 'right@example.org' });
    await ok(desk.admin.patch(`/tickets/${id}`, { donorName: null, donorEmail: null, context: {} }));
    const cleared = { donorName: null, donorEmail: null, context: {} };
    expect(await ok(desk.admin.get(`/tickets/${id}`))).toMatchObject(cleared);
  });

  test('is not theirs to change for donors, and no nonsense is written', async () => {
    const { id, donor } = await createTicket(desk.server);
    const before = await rowsOf(desk.db, id);
    expectRefusal(await donor.patch(`/tickets/${id}`, { donorName: 'X' }), 403, 'FORBIDDEN');
    for (const body of [
      { donorEmail: 'no address' },
      { donorName: '' },
      { donorName: 'x'.repeat(121) },
      { context: 'text' },
      { context: null },
      { context: { text: 'x'.repeat(4_100) } },
    ])
      expectRefusal(await desk.admin.patch(`/tickets/${id}`, body), 400, 'BAD_REQUEST');
    expect(await rowsOf(desk.db, id)).toEqual(before);
  });
});

describe('a corrected address', () => {
  test('opens the conversation to neither mailbox', async () => {
    const [before, after] = [await readerOf('before@example.org'), await readerOf('after@example.org')];
    const { id, donor } = await createTicket(desk.server, { donorEmail: 'before@example.org' });
    await ok(before.get(`/tickets/${id}`));
    await ok(desk.admin.patch(`/tickets/${id}`, { donorEmail: 'after@example.org' }));
    for (const reader of [before, after]) {
      expectRefusal(await reader.get(`/tickets/${id}`), 404, 'NOT_FOUND');
      expectRefusal(await reader.post(`/tickets/${id}/messages`, { content: 'x' }), 404, 'NOT_FOUND');
      expect(await ok(reader.get('/tickets'))).toEqual([]);
    }
    await ok(donor.get(`/tickets/${id}`));
  });

  test('is the same mailbox when only its letters changed their size', async () => {
    const reader = await readerOf('letters@example.org');
    const { id } = await createTicket(desk.server, { donorEmail: 'Letters@example.org' });
    await ok(desk.admin.patch(`/tickets/${id}`, { donorEmail: 'letters@example.org' }));
    await ok(reader.get(`/tickets/${id}`));
  });
});
