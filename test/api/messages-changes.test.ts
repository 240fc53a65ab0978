import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { postMessage, postNote } from '../factories/message.factory.js';
import { createTicket, type TicketFixture } from '../factories/ticket.factory.js';
import { expectRefusal, ok, TIME, type Answer, type Client } from '../support/client.js';
import { openDesk, type Desk } from '../support/desk.js';
import { expectInvariants, rowsOf } from '../support/ticket-rows.js';

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
});
afterAll(async () => {
  await expectInvariants(desk.db);
  await desk.close();
});

type Message = Answer['body'];

/** A ticket with one message of each kind. */
async function conversation(): Promise<{ ticket: TicketFixture; messages: Record<string, Message> }> {
  const ticket = await createTicket(desk.server);
  const donors = await postMessage(ticket.donor, ticket.id);
  const staffs = await postMessage(desk.admin, ticket.id);
  const note = await postNote(desk.admin, ticket.id);
  const all = await ok(desk.admin.get(`/tickets/${ticket.id}/messages`));
  const system = all.find((message: Message) => message.messageType === 'system');
  return { ticket, messages: { donors, staffs, note, system } };
}

const callers = (ticket: TicketFixture): Record<string, Client> => ({
  donor: ticket.donor,
  link: desk.link,
  author: desk.admin,
  colleague: desk.colleague,
  boss: desk.boss,
});

/** Moves a message into the past, as if it had been written then. */
async function age(message: Message, minutes: number): Promise<void> {
  await desk.db.query(
    `UPDATE messages SET created_at = created_at - make_interval(mins => $2) WHERE id = $1`,
    [message.id, minutes],
  );
}

describe('editing', () => {
  const expected: Record<string, Record<string, number>> = {
    donors: { donor: 200, link: 401, author: 403, colleague: 403, boss: 403 },
    staffs: { donor: 403, link: 401, author: 200, colleague: 403, boss: 403 },
    note: { donor: 404, link: 401, author: 200, colleague: 403, boss: 403 },
    system: { donor: 403, link: 401, author: 403, colleague: 403, boss: 403 },
  };
  const CODES: Record<number, 'UNAUTHORIZED' | 'FORBIDDEN' | 'NOT_FOUND'> = {
    401: 'UNAUTHORIZED',
    403: 'FORBIDDEN',
    404: 'NOT_FOUND',
  };

  test.each(Object.keys(expected))('of %s is for the author alone', async (kind) => {
    const { ticket, messages } = await conversation();
    const at = `/tickets/${ticket.id}/messages/${messages[kind].id}`;
    for (const [who, caller] of Object.entries(callers(ticket))) {
      const before = (await rowsOf(desk.db, ticket.id))!;
      const answer = await caller.put(at, { content: `Edited by ${who}` });
      const status = expected[kind]![who]!;
      if (status !== 200) {
        expectRefusal(answer, status, CODES[status]!, at);
        expect(await rowsOf(desk.db, ticket.id)).toEqual(before);
        continue;
      }
      expect(answer).toMatchObject({ status, body: { content: `Edited by ${who}`, editedAt: TIME } });
      const after = (await rowsOf(desk.db, ticket.id))!;
      const public_seq = kind === 'note' ? null : Number(before.ticket.last_public_seq) + 1;
      expect(after.events.at(-1)).toMatchObject({
        type: 'message.edited',
        message_id: messages[kind].id,
        public_seq,
      });
      expect(after.messages.find(({ id }) => id === messages[kind].id)).toMatchObject({
        content: `Edited by ${who}`,
        seq: messages[kind].seq === undefined ? 0 : expect.any(Number),
      });
    }
  });

  test('is possible for 15 minutes for donors, without end for staff', async () => {
    const { ticket, messages } = await conversation();
    const at = (message: Message) => `/tickets/${ticket.id}/messages/${message.id}`;
    await age(messages.donors, 14);
    await ok(ticket.donor.put(at(messages.donors), { content: 'In time' }));
    await age(messages.donors, 2);
    await age(messages.staffs, 60);
    const before = await rowsOf(desk.db, ticket.id);
    const late = await ticket.donor.put(at(messages.donors), { content: 'Late' });
    expectRefusal(late, 409, 'EDIT_WINDOW_CLOSED');
    expect(await rowsOf(desk.db, ticket.id)).toEqual(before);
    await ok(desk.admin.put(at(messages.staffs), { content: 'Late, but staff' }));
    await desk.db.query(
      `UPDATE messages m SET created_at = e.created_at FROM ticket_events e WHERE e.message_id = m.id AND e.type = 'message.posted'`,
    );
  });

  test('to the same text is no event', async () => {
    const { ticket, messages } = await conversation();
    const before = await rowsOf(desk.db, ticket.id);
    const { id, content } = messages.donors;
    expect(await ok(ticket.donor.put(`/tickets/${ticket.id}/messages/${id}`, { content }))).toMatchObject({
      editedAt: null,
    });
    expect(await rowsOf(desk.db, ticket.id)).toEqual(before);
  });

  test('does not reach into another ticket', async () => {
    const { messages } = await conversation();
    const other = await createTicket(desk.server);
    const at = `/tickets/${other.id}/messages/${messages.donors.id}`;
    expectRefusal(await other.donor.put(at, { content: 'x' }), 404, 'NOT_FOUND');
    expectRefusal(await desk.admin.put(at, { isRead: true }), 404, 'NOT_FOUND');
    expectRefusal(await other.donor.delete(at), 404, 'NOT_FOUND');
  });

  test('isRead of one message is for staff', async () => {
    const { ticket, messages } = await conversation();
    const at = `/tickets/${ticket.id}/messages/${messages.staffs.id}`;
    const before = await rowsOf(desk.db, ticket.id);
    expectRefusal(await ticket.donor.put(at, { isRead: true }), 403, 'FORBIDDEN');
    expect(await rowsOf(desk.db, ticket.id)).toEqual(before);
  });
});

describe('deleting', () => {
  const allowed: Record<string, string[]> = {
    donors: ['donor', 'author', 'colleague', 'boss'],
    staffs: ['author', 'colleague', 'boss'],
    note: ['author', 'colleague', 'boss'],
    system: ['author', 'colleague', 'boss'],
  };
  const cases = Object.keys(allowed).flatMap((kind) =>
    ['donor', 'link', 'author', 'colleague', 'boss'].map((who) => [kind, who] as const),
  );

  test.each(cases)('of %s by %s', async (kind, who) => {
    const { ticket, messages } = await conversation();
    const message = messages[kind];
    const at = `/tickets/${ticket.id}/messages/${message.id}`;
    const before = (await rowsOf(desk.db, ticket.id))!;
    const answer = await callers(ticket)[who]!.delete(at);
    const after = (await rowsOf(desk.db, ticket.id))!;
    if (!allowed[kind]!.includes(who)) {
      if (who === 'link') expectRefusal(answer, 401, 'UNAUTHORIZED', at);
      else if (kind === 'note') expectRefusal(answer, 404, 'NOT_FOUND', at);
      else expectRefusal(answer, 403, 'FORBIDDEN', at);
      expect(after).toEqual(before);
      return;
    }
    expect(answer).toMatchObject({ status: 200, body: { id: message.id, content: '', deletedAt: TIME } });
    expect(after.events.at(-1)).toMatchObject({ type: 'message.deleted', message_id: message.id });
    expect(after.events.at(-1)!.public_seq === null).toBe(kind === 'note');
    expect(after.messages.find(({ id }) => id === message.id)).toMatchObject({
      content: '',
      deleted_at: TIME_TEXT,
    });
    expect(await callers(ticket)[who]!.delete(at)).toMatchObject({ status: 200, body: { content: '' } });
    expect(await rowsOf(desk.db, ticket.id)).toEqual(after);
    expectRefusal(await authorOf(kind, ticket).put(at, { content: 'Back' }), ...refusedFor(kind));
  });

  const TIME_TEXT = expect.any(String);
  const authorOf = (kind: string, ticket: TicketFixture) => (kind === 'donors' ? ticket.donor : desk.admin);
  const refusedFor = (kind: string): [number, 'FORBIDDEN' | 'CONFLICT'] =>
    kind === 'system' ? [403, 'FORBIDDEN'] : [409, 'CONFLICT'];

  test('leaves the text nowhere in the database', async () => {
    const { ticket } = await conversation();
    const secret = 'my card is 4111-xyzzy';
    const message = await postMessage(ticket.donor, ticket.id, { content: secret });
    await ok(ticket.donor.put(`/tickets/${ticket.id}/messages/${message.id}`, { content: `${secret} 1111` }));
    await ok(ticket.donor.delete(`/tickets/${ticket.id}/messages/${message.id}`));
    const tables = await desk.db.query(
      `SELECT format('%I.%I', table_schema, table_name) AS name FROM information_schema.tables
        WHERE table_schema IN ('public', 'pgboss') AND table_type = 'BASE TABLE'`,
    );
    expect(tables.rows.length).toBeGreaterThan(20);
    for (const { name } of tables.rows) {
      const { rows } = await desk.db.query(
        `SELECT count(*)::int AS n FROM ${name} x WHERE x::text LIKE '%xyzzy%'`,
      );
      expect({ table: name, found: rows[0].n }).toEqual({ table: name, found: 0 });
    }
    const searched = await ok(desk.admin.get('/tickets?q=xyzzy'));
    expect(searched).toEqual([]);
  });
});
