import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createTicket, type TicketFixture } from '../factories/ticket.factory.js';
import { ok, type Client } from '../support/client.js';
import { openDesk, type Desk } from '../support/desk.js';

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
});
afterAll(() => desk.close());

interface Line {
  content: string;
  messageType: string;
  system: object | null;
}

const messagesFor = (reader: Client, { id }: TicketFixture): Promise<Line[]> =>
  ok(reader.get(`/tickets/${id}/messages`));
const linesFor = async (reader: Client, ticket: TicketFixture) =>
  (await messagesFor(reader, ticket)).filter(({ messageType }) => messageType === 'system');

describe('a line of the server', () => {
  test('comes as key and parameters to donors and staff, with its English text for older clients', async () => {
    const ticket = await createTicket(desk.server);
    await ok(ticket.donor.post(`/tickets/${ticket.id}/call-requests`, { mode: 'video' }), 201);
    await ok(desk.admin.put(`/tickets/${ticket.id}/assign`));
    for (const reader of [ticket.donor, desk.admin])
      expect(await linesFor(reader, ticket)).toMatchObject([
        {
          system: { key: 'call.requested', params: { mode: 'video' } },
          content: 'A video call was requested.',
        },
        { system: { key: 'ticket.assigned', params: { name: 'Ada' } }, content: 'Ada is now helping you.' },
      ]);
    const { events } = await ok(ticket.donor.get(`/tickets/${ticket.id}/events?after=0`));
    expect(events).toContainEqual(
      expect.objectContaining({
        type: 'message.posted',
        system: { key: 'call.requested', params: { mode: 'video' } },
      }),
    );
  });

  test('names who of the staff did it, and after how long', async () => {
    const ticket = await createTicket(desk.server);
    const [adminId, byName] = [String(desk.admin.id), 'Ada'];
    await ok(desk.admin.put(`/tickets/${ticket.id}/assign`));
    await ok(desk.admin.put(`/tickets/${ticket.id}/resolve`));
    await ok(desk.admin.put(`/tickets/${ticket.id}/reopen`));
    await ok(desk.admin.post(`/tickets/${ticket.id}/transfer`, { toAdminId: desk.boss.id }));
    const by = { byId: adminId, byName };
    const lines = await linesFor(ticket.donor, ticket);
    expect(lines.map(({ system }) => system)).toEqual([
      { key: 'ticket.assigned', params: { name: 'Ada', adminId, ...by } },
      { key: 'ticket.resolved', params: { ...by, seconds: expect.stringMatching(/^\d+$/) } },
      { key: 'ticket.reopened', params: by },
      {
        key: 'ticket.transferred',
        params: { name: expect.any(String), adminId: String(desk.boss.id), ...by },
      },
    ]);
  });

  test('is null beside what people write', async () => {
    const ticket = await createTicket(desk.server);
    await ok(ticket.donor.post(`/tickets/${ticket.id}/messages`, { content: 'Hello' }), 201);
    expect(await messagesFor(ticket.donor, ticket)).toMatchObject([{ content: 'Hello', system: null }]);
  });

  test('is in the reader’s language in a transcript', async () => {
    const ticket = await createTicket(desk.server);
    await ok(ticket.donor.post(`/tickets/${ticket.id}/call-requests`, { mode: 'video' }), 201);
    const texts = async (query: string) => {
      const path = `/tickets/${ticket.id}/transcript?format=json${query}`;
      const { lines } = await ok(ticket.donor.get(path));
      return lines.map(({ text }: { text: string }) => text);
    };
    expect(await texts('')).toEqual(['A video call was requested.']);
    expect(await texts('&locale=de')).toEqual(['Um einen Videoanruf wurde gebeten.']);
  });

  test('tells that a donor takes a request back', async () => {
    const ticket = await createTicket(desk.server);
    const at = `/tickets/${ticket.id}/call-requests`;
    const { id } = await ok(ticket.donor.post(at, { mode: 'audio' }), 201);
    await ok(ticket.donor.delete(`/call-requests/${id}`));
    expect((await linesFor(desk.admin, ticket)).map(({ system }) => system)).toEqual([
      { key: 'call.requested', params: { mode: 'audio' } },
      { key: 'call.cancelled', params: {} },
    ]);
  });
});

describe('the end of a call', () => {
  const keysAfter = async (ticket: TicketFixture) => {
    await ok(desk.admin.put(`/tickets/${ticket.id}/close`));
    return (await linesFor(desk.admin, ticket)).map(({ content }) => content);
  };

  test('is not told of a call into which nobody came', async () => {
    const ticket = await createTicket(desk.server, { callType: 'audio' });
    expect(await keysAfter(ticket)).not.toContain('The call has ended.');
  });

  test('tells how long both sides were in it', async () => {
    const ticket = await createTicket(desk.server, { callType: 'audio' });
    const at = `/calls/${ticket.created.call.id}/join`;
    for (const side of [ticket.donor, desk.admin]) await ok(side.post(at));
    await desk.db.query(
      `UPDATE ticket_events SET created_at = created_at - interval '200 seconds' WHERE ticket_id = $1 AND type = 'call.joined'`,
      [ticket.id],
    );
    await ok(desk.admin.put(`/tickets/${ticket.id}/close`));
    const ended = (await linesFor(desk.admin, ticket)).find(
      ({ content }) => content === 'The call has ended.',
    );
    const { seconds } = (ended!.system as { params: { seconds: string } }).params;
    expect(Number(seconds)).toBeGreaterThanOrEqual(200);
  });

  test('is told of a call into which somebody came', async () => {
    const ticket = await createTicket(desk.server, { callType: 'audio' });
    await ok(desk.admin.post(`/calls/${ticket.created.call.id}/join`));
    expect(await keysAfter(ticket)).toContain('The call has ended.');
  });
});

test('lines of earlier releases get their keys, and unknown ones keep their text alone', async () => {
  const { id } = await createTicket(desk.server);
  const written: [content: string, key: string | null, params: object | null][] = [
    ['A video call has started.', 'call.started', { mode: 'video' }],
    ['This ticket was opened again.', 'ticket.reopened', {}],
    ['Ada B. is now helping you.', 'ticket.assigned', { name: 'Ada B.' }],
    ['Transferred to Ada B..', 'ticket.transferred', { name: 'Ada B.' }],
    ['Something else has happened.', null, null],
  ];
  for (const [index, [content]] of written.entries())
    await desk.db.query(
      `INSERT INTO messages (id, ticket_id, seq, public_seq, sender_id, sender_type, message_type, content, updated_at)
       VALUES ($1, $2, $3, $3, 'system', 'system', 'system', $4, now())`,
      [randomUUID(), id, 100 + index, content],
    );
  const folder = `${import.meta.dirname}/../../prisma/migrations/20261202060100_system_messages_of_before`;
  await desk.db.query(readFileSync(`${folder}/migration.sql`, 'utf8'));
  const { rows } = await desk.db.query(
    'SELECT content, system_key, system_params FROM messages WHERE ticket_id = $1 ORDER BY seq',
    [id],
  );
  expect(rows.map(({ content, system_key, system_params }) => [content, system_key, system_params])).toEqual(
    written,
  );
});
