import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createTicket, type TicketFixture } from '../factories/ticket.factory.js';
import { ok, type Answer, type Client } from '../support/client.js';
import { openDesk, type Desk } from '../support/desk.js';

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
});
afterAll(() => desk.close());

/** What a change makes of the ticket, before the next reader: its own answer must be what that reader gets. */
async function expectComplete(reader: Client, path: string, answer: Answer['body']): Promise<void> {
  expect(answer).toEqual(await ok(reader.get(path)));
}

/** The admin's ticket, with a call open in it. */
async function owned(): Promise<TicketFixture> {
  const ticket = await createTicket(desk.server, { donorName: 'Dora', callType: 'video' });
  await ok(desk.admin.put(`/tickets/${ticket.id}/assign`));
  return ticket;
}

describe('every change of staff answers the whole ticket, with its owner and its open call', () => {
  const changes: [string, (admin: Client, id: string) => Promise<Answer>][] = [
    ['PUT', (admin, id) => admin.put(`/tickets/${id}`, { priority: 'high' })],
    ['PATCH', (admin, id) => admin.patch(`/tickets/${id}`, { tags: ['tax'] })],
    ['a status', (admin, id) => admin.put(`/tickets/${id}`, { status: 'resolved' })],
    ['assign', (admin, id) => admin.put(`/tickets/${id}/assign`)],
    ['hand back', (admin, id) => admin.put(`/tickets/${id}`, { adminId: null })],
    ['resolve', (admin, id) => admin.put(`/tickets/${id}/resolve`)],
    ['close', (admin, id) => admin.put(`/tickets/${id}/close`)],
    ['cancel', (admin, id) => admin.put(`/tickets/${id}/cancel`)],
    ['transfer', (admin, id) => admin.post(`/tickets/${id}/transfer`, { toAdminId: desk.colleague.id })],
    [
      'reopen',
      async (admin, id) => {
        await ok(admin.put(`/tickets/${id}/close`));
        return admin.put(`/tickets/${id}/reopen`);
      },
    ],
  ];

  test.each(changes)('%s', async (_name, change) => {
    const { id } = await owned();
    const answer = await ok(change(desk.admin, id));
    expect(answer).toHaveProperty('admin');
    await expectComplete(desk.admin, `/tickets/${id}`, answer);
  });

  test('the owner is named in it', async () => {
    const { id } = await owned();
    const { admin } = await ok(desk.admin.put(`/tickets/${id}`, { priority: 'high' }));
    expect(admin).toEqual({ id: desk.admin.id, name: 'Ada', username: expect.any(String), avatar: null });
  });
});

describe('every change of a donor answers the whole ticket as the donor sees it', () => {
  test('resolve, with the name of who helped', async () => {
    const { id, donor, donorId } = await owned();
    const answer = await ok(donor.put(`/tickets/${id}/donor/${donorId}/resolve`));
    expect(answer.admin).toEqual({ name: 'Ada', avatar: null });
    await expectComplete(donor, `/tickets/${id}`, answer);
  });

  test('rating', async () => {
    const { id, donor } = await owned();
    await ok(desk.admin.put(`/tickets/${id}/resolve`));
    const answer = await ok(donor.post(`/tickets/${id}/rating`, { rating: 5 }));
    await expectComplete(donor, `/tickets/${id}`, answer);
  });

  test('creating: nobody owns it yet', async () => {
    const { id, donor, created } = await createTicket(desk.server, {});
    const { donorToken: _, call, ...answer } = created;
    expect(call).toBeNull();
    await expectComplete(donor, `/tickets/${id}`, answer);
  });
});
