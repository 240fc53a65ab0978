import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createTicket } from '../factories/ticket.factory.js';
import { expectRefusal, ok } from '../support/client.js';
import { openDesk, type Desk } from '../support/desk.js';

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
});
afterAll(() => desk.close());

const rowOf = async (table: 'tickets' | 'messages', id: string) => {
  const { rows } = await desk.db.query(`SELECT channel, external_id FROM ${table} WHERE id = $1`, [id]);
  return rows[0];
};

describe('the channel of a ticket', () => {
  test.each([
    [{}, 'api'],
    [{ channel: 'api' }, 'api'],
    [{ channel: 'widget' }, 'widget'],
    [{ channel: null }, 'api'],
  ])('is what a donor sends with %j: %s, and staff alone read it', async (body, channel) => {
    const { id, created, donor } = await createTicket(desk.server, body);
    expect(await rowOf('tickets', id)).toEqual({ channel, external_id: null });
    for (const shape of [created, await ok(donor.get(`/tickets/${id}`))]) {
      expect(shape).not.toHaveProperty('channel');
      expect(shape).not.toHaveProperty('externalId');
    }
    expect(await ok(desk.admin.get(`/tickets/${id}`))).toMatchObject({ channel, externalId: null });
    const listed = (await ok(desk.admin.get('/tickets'))).find((ticket: { id: string }) => ticket.id === id);
    expect(listed).toMatchObject({ channel, externalId: null });
    const { rows } = await desk.db.query(`SELECT data FROM ticket_events WHERE ticket_id = $1 AND seq = 1`, [
      id,
    ]);
    expect(rows[0].data).toMatchObject({ channel });
    const [staffEvent] = (await ok(desk.admin.get(`/tickets/${id}/events?after=0`))).events;
    expect(staffEvent).toMatchObject({ type: 'ticket.created', channel });
    const [donorEvent] = (await ok(donor.get(`/tickets/${id}/events?after=0`))).events;
    expect(donorEvent).not.toHaveProperty('channel');
  });

  test('is the dashboard for staff who say so', async () => {
    const { id } = await ok(desk.admin.post('/tickets', { subject: 'Mine', channel: 'dashboard' }), 201);
    expect(await rowOf('tickets', id)).toEqual({ channel: 'dashboard', external_id: null });
    expectRefusal(await desk.admin.post('/tickets', { subject: 'x', channel: 'widget' }), 400, 'BAD_REQUEST');
  });

  test.each(['dashboard', 'email', 'discord', 'WIDGET', '', 7])(
    '%j is refused from a donor',
    async (channel) => {
      const body = { donorId: 'd', donorEmail: 'd@example.org', channel };
      const answer = await desk.link.post('/tickets', body);
      expectRefusal(answer, 400, 'BAD_REQUEST');
      expect(answer.body.errors).toMatchObject([{ location: 'channel' }]);
    },
  );
});

describe('the channel of a message', () => {
  test('is what its client sends, on every way that a message is written', async () => {
    const { id, donor } = await createTicket(desk.server);
    const path = `/tickets/${id}/messages`;
    const sent = [
      [await ok(donor.post(path, { content: 'one', channel: 'widget' }), 201), 'widget'],
      [await ok(donor.post(path, { content: 'two' }), 201), 'api'],
      // The first reply takes the ticket, the second is one statement.
      [await ok(desk.admin.post(path, { content: 'three', channel: 'dashboard' }), 201), 'dashboard'],
      [await ok(desk.admin.post(path, { content: 'four', channel: 'dashboard' }), 201), 'dashboard'],
      [await ok(desk.admin.post(path, { content: 'five' }), 201), 'api'],
      [
        await ok(desk.admin.post(`/tickets/${id}/notes`, { content: 'six', channel: 'dashboard' }), 201),
        'dashboard',
      ],
    ] as const;
    await ok(desk.admin.put(`/tickets/${id}/resolve`, {}));
    const reopening = await ok(donor.post(path, { content: 'seven', channel: 'widget' }), 201);
    for (const [message, channel] of [...sent, [reopening, 'widget'] as const])
      expect(await rowOf('messages', message.id)).toEqual({ channel, external_id: null });
    expect(sent[0][0]).not.toHaveProperty('channel');
    expect(sent[2][0]).toMatchObject({ channel: 'dashboard', externalId: null });
    const read = await ok(desk.admin.get(path));
    expect(read.find((message: { content: string }) => message.content === 'one')).toMatchObject({
      channel: 'widget',
    });
    for (const message of await ok(donor.get(path))) expect(message).not.toHaveProperty('channel');
    const { events } = await ok(desk.admin.get(`/tickets/${id}/events?after=0`));
    expect(events.find((event: { content?: string }) => event.content === 'three')).toMatchObject({
      channel: 'dashboard',
    });
    const seen = await ok(donor.get(`/tickets/${id}/events?after=0`));
    for (const event of seen.events) expect(event).not.toHaveProperty('channel');
  });

  test("cannot be another side's", async () => {
    const { id, donor } = await createTicket(desk.server);
    const path = `/tickets/${id}/messages`;
    for (const answer of [
      await donor.post(path, { content: 'x', channel: 'dashboard' }),
      await desk.admin.post(path, { content: 'x', channel: 'widget' }),
      await donor.post(path, { content: 'x', channel: 'email' }),
    ]) {
      expectRefusal(answer, 400, 'BAD_REQUEST');
      expect(answer.body.errors).toMatchObject([{ location: 'channel' }]);
    }
  });
});

test.each(['tickets', 'messages'] as const)('an external id is unique in its channel: %s', async (table) => {
  const [one, two] = [await createTicket(desk.server), await createTicket(desk.server)];
  const ids =
    table === 'tickets'
      ? [one.id, two.id]
      : await Promise.all([one, two].map((ticket) => messageOf(ticket.id)));
  const set = (id: string | undefined, channel: string) =>
    desk.db.query(`UPDATE ${table} SET channel = $2, external_id = 'same' WHERE id = $1`, [id, channel]);
  await set(ids[0], 'email');
  await expect(set(ids[1], 'email')).rejects.toMatchObject({ code: '23505' });
  await set(ids[1], 'discord');
  await expect(set(ids[1], 'pigeon')).rejects.toMatchObject({ code: '23514' });
});

async function messageOf(ticketId: string): Promise<string> {
  return (await ok(desk.admin.post(`/tickets/${ticketId}/notes`, { content: 'x' }), 201)).id;
}
