import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { TICKET_STATUSES, type TicketStatus } from '../../src/contract/ticket-status.js';
import {
  AFTER_DONOR_MESSAGE,
  AFTER_OWNER_MESSAGE,
  AFTER_STAFF_MESSAGE,
  CLOSED_FOR_MESSAGES,
} from '../../src/domain/messages/message-rules.js';
import { postMessage } from '../factories/message.factory.js';
import { createTicket, createTicketIn } from '../factories/ticket.factory.js';
import { expectRefusal, ok, type Client } from '../support/client.js';
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

/** The status after a message, or nothing where it is refused. `transferred` belongs to the colleague. */
const AFTER: Record<TicketStatus, { donor?: TicketStatus; owner?: TicketStatus; other?: TicketStatus }> = {
  new: { donor: 'new', owner: 'waiting_for_donor', other: 'waiting_for_donor' },
  pending: { donor: 'pending', owner: 'waiting_for_donor', other: 'waiting_for_donor' },
  waiting_for_donor: { donor: 'pending', owner: 'waiting_for_donor', other: 'waiting_for_donor' },
  active_call: { donor: 'active_call', owner: 'active_call', other: 'active_call' },
  transferred: { donor: 'transferred', owner: 'waiting_for_donor', other: 'transferred' },
  resolved: { donor: 'pending', owner: 'resolved', other: 'resolved' },
  closed: {},
  cancelled: {},
};

const ticketIn = (status: TicketStatus) =>
  createTicketIn(desk.server, status, { owner: desk.admin, heirId: desk.colleague.id });

/** Who writes: the donor by token or by link, the owner, somebody else of the staff. */
function senders(status: TicketStatus, donor: Client): [string, Client, TicketStatus | undefined][] {
  const [owner, other] =
    status === 'transferred' ? [desk.colleague, desk.admin] : [desk.admin, desk.colleague];
  const { [status]: after } = AFTER;
  return [
    ['donor', donor, after.donor],
    ['link', desk.link, after.donor],
    ['owner', owner, after.owner],
    ['other admin', other, after.other],
    ['super admin', desk.boss, after.other],
  ];
}

describe.each(TICKET_STATUSES.map((status) => ({ status })))(
  'a message on a $status ticket',
  ({ status }) => {
    test.each(['donor', 'link', 'owner', 'other admin', 'super admin'])('by the %s', async (who) => {
      const { id, donor, donorId } = await ticketIn(status);
      const before = (await rowsOf(desk.db, id))!;
      expect(before.ticket.status).toBe(status);
      const [, sender, after] = senders(status, donor).find(([name]) => name === who)!;
      const named = who === 'link' ? { senderId: donorId } : {};
      const answer = await sender.post(`/tickets/${id}/messages`, { content: 'Hello', ...named });
      const rows = (await rowsOf(desk.db, id))!;
      if (after === undefined) {
        expectRefusal(answer, 409, 'TICKET_CLOSED', `/tickets/${id}/messages`);
        expect(answer.body).toMatchObject({ status });
        expect(rows).toEqual(before);
        return;
      }
      expect(answer.status).toBe(201);
      expect(rows.ticket.status).toBe(after);
      const changes = rows.events
        .slice(before.events.length)
        .filter((e) => e.type === 'ticket.status_changed');
      const last = changes.at(-1)?.data.to ?? status;
      expect(last).toBe(after);
      const isStaff = who !== 'donor' && who !== 'link';
      const answered = before.ticket.first_response_at !== null;
      expect(rows.ticket.first_response_at !== null).toBe(isStaff || answered);
      if (answered) expect(rows.ticket.first_response_at).toBe(before.ticket.first_response_at);
      expect(rows.ticket.resolved_at === null).toBe(after !== 'resolved');
    });
  },
);

test('the tables that the statement is made from say the same', () => {
  for (const status of TICKET_STATUSES) {
    if (CLOSED_FOR_MESSAGES.includes(status)) {
      expect(AFTER[status]).toEqual({});
      continue;
    }
    // A reply to a ticket that nobody owns takes it first, so it is pending when the table is asked.
    const owned = status === 'new' ? 'pending' : status;
    expect(AFTER[status]).toEqual({
      donor: AFTER_DONOR_MESSAGE[status] ?? status,
      owner: AFTER_OWNER_MESSAGE[owned] ?? owned,
      other: AFTER_STAFF_MESSAGE[owned] ?? owned,
    });
  }
});

test('the first reply takes a ticket that nobody owns, and stamps the first response once', async () => {
  const { id } = await ticketIn('new');
  await postMessage(desk.colleague, id);
  const { ticket, events } = (await rowsOf(desk.db, id))!;
  expect(ticket).toMatchObject({ admin_id: desk.colleague.id, status: 'waiting_for_donor' });
  expect(events.map(({ type }) => type)).toEqual([
    'ticket.created',
    'ticket.assigned',
    'message.posted',
    'ticket.status_changed',
    'message.posted',
    'ticket.status_changed',
  ]);
  expect(events[1]!.data).toMatchObject({ to: desk.colleague.id, reason: 'reply' });
  await postMessage(desk.admin, id);
  expect((await rowsOf(desk.db, id))!.ticket).toMatchObject({
    admin_id: desk.colleague.id,
    first_response_at: ticket.first_response_at,
  });
});

test('a note changes no status, counts as no response, and is possible after the end', async () => {
  for (const status of ['new', 'closed'] as const) {
    const { id } = await ticketIn(status);
    const before = (await rowsOf(desk.db, id))!;
    await ok(desk.colleague.post(`/tickets/${id}/notes`, { content: 'Known case' }), 201);
    const { ticket, events } = (await rowsOf(desk.db, id))!;
    expect(ticket).toMatchObject({
      status,
      admin_id: before.ticket.admin_id,
      first_response_at: null,
      last_public_seq: before.ticket.last_public_seq,
    });
    expect(events.at(-1)).toMatchObject({ type: 'message.posted', public_seq: null });
  }
});

describe('clientMessageId', () => {
  const kinds: [string, () => Client, string][] = [
    ['a donor by link', () => desk.link, 'messages'],
    ['staff', () => desk.admin, 'messages'],
    ['a note', () => desk.admin, 'notes'],
  ];

  const named = (who: string, senderId: string) => (who === 'a donor by link' ? { senderId } : {});

  test.each(kinds)('from %s: the same again gives the first message', async (name, sender, kind) => {
    const { id, donorId } = await createTicket(desk.server);
    const clientMessageId = randomUUID();
    const at = `/tickets/${id}/${kind}`;
    const sent = { clientMessageId, ...named(name, donorId) };
    const first = await ok(sender().post(at, { content: 'Once', ...sent }), 201);
    expect(first.clientMessageId).toBe(clientMessageId);
    const rows = await rowsOf(desk.db, id);
    const again = await ok(sender().post(at, { content: 'Twice', ...sent }), 200);
    expect(again).toEqual(first);
    expect(await rowsOf(desk.db, id)).toEqual(rows);
  });

  test.each(kinds)('from %s: fifty at once write one message', async (name, sender, kind) => {
    const { id, donorId } = await createTicket(desk.server);
    const body = { content: 'Once', clientMessageId: randomUUID(), ...named(name, donorId) };
    const answers = await Promise.all(
      Array.from({ length: 50 }, () => sender().post(`/tickets/${id}/${kind}`, body)),
    );
    const statuses = answers.map(({ status }) => status).sort();
    expect(statuses).toEqual([...Array.from({ length: 49 }, () => 200), 201]);
    expect(new Set(answers.map((answer) => answer.body.id)).size).toBe(1);
    const { messages } = (await rowsOf(desk.db, id))!;
    expect(messages.filter(({ message_type }) => message_type !== 'system')).toHaveLength(1);
  });

  test('is each sender’s own, and null is none', async () => {
    const { id, donor } = await createTicket(desk.server);
    const clientMessageId = randomUUID();
    for (const sender of [donor, desk.admin, desk.colleague])
      await postMessage(sender, id, { clientMessageId });
    const unnamed = { clientMessageId: null };
    const ids = [await postMessage(desk.admin, id, unnamed), await postMessage(desk.admin, id, unnamed)];
    expect(ids[0].id).not.toBe(ids[1].id);
    await ok(desk.admin.put(`/tickets/${id}/close`));
    expectRefusal(
      await donor.post(`/tickets/${id}/messages`, { content: 'x', ...unnamed }),
      409,
      'TICKET_CLOSED',
    );
  });

  test('gives the first message even after the ticket was closed', async () => {
    const { id, donor } = await createTicket(desk.server);
    const body = { content: 'Once', clientMessageId: randomUUID() };
    const first = await postMessage(donor, id, body);
    await ok(desk.admin.put(`/tickets/${id}/close`));
    expect(await ok(donor.post(`/tickets/${id}/messages`, body))).toEqual(first);
  });
});

test('a ticket is named as it is stored, however the request writes its id', async () => {
  const { id, donor } = await createTicket(desk.server);
  expect(await postMessage(donor, id.toUpperCase())).toMatchObject({ ticketId: id, ticket_id: id });
});
