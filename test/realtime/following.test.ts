import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { postMessage, postNote } from '../factories/message.factory.js';
import { createTicket } from '../factories/ticket.factory.js';
import { ok } from '../support/client.js';
import { openDesk, type Desk } from '../support/desk.js';
import { until } from '../support/ticket-viewer.js';
import { bearerOf } from './bearer.js';
import { Crowd } from './socket-person.js';

let desk: Desk;
const crowd = new Crowd(() => desk.server.url);

beforeAll(async () => {
  desk = await openDesk();
});
afterEach(() => crowd.leave());
afterAll(() => desk.close());

const upTo = (last: number, from = 1) => Array.from({ length: last - from + 1 }, (_, index) => from + index);

describe('following a ticket', () => {
  it('gives what has been missed, then what happens', async () => {
    const ticket = await createTicket(desk.server);
    await postMessage(ticket.donor, ticket.id, { content: 'before' });
    const donor = await crowd.enter(bearerOf(ticket.donor));
    const joined = await donor.must('join_ticket', { ticketId: ticket.id });
    expect(joined.events.map((event: { type: string }) => event.type)).toEqual([
      'ticket.created',
      'message.posted',
    ]);
    expect(joined.seq).toBe(2);
    await postMessage(ticket.donor, ticket.id, { content: 'live' });
    const live = await donor.next('message');
    expect(live).toMatchObject({ ticketId: ticket.id, seq: 3, type: 'message.posted', content: 'live' });
    const { events } = await ok(ticket.donor.get(`/tickets/${ticket.id}/events?after=2`));
    expect(events).toEqual([live]);
  });

  it('gives only what comes after lastSeq, and says so when that is too far back', async () => {
    const ticket = await createTicket(desk.server);
    await postMessage(ticket.donor, ticket.id);
    const donor = await crowd.enter(bearerOf(ticket.donor));
    const { events, seq } = await donor.must('join_ticket', { ticketId: ticket.id, lastSeq: 1 });
    expect(events.map((event: { seq: number }) => event.seq)).toEqual([2]);
    expect(seq).toBe(2);
    expect(await donor.must('join_ticket', { ticketId: ticket.id, lastSeq: 2 })).toEqual({
      ok: true,
      events: [],
      seq: 2,
    });
    expect(await donor.must('join_ticket', { ticketId: ticket.id, lastSeq: 9 })).toEqual({
      ok: true,
      events: [],
      seq: 2,
      reset: true,
    });
  });

  it('loses nothing between the log and the live events while many post', async () => {
    const ticket = await createTicket(desk.server);
    const posts = 60;
    const writing = Promise.all(
      [0, 1, 2].map(async () => {
        for (let count = 0; count < posts / 3; count++) await postMessage(ticket.donor, ticket.id);
      }),
    );
    const readers = [];
    for (let count = 0; count < 12; count++) {
      const reader = await crowd.enter(count % 2 === 0 ? bearerOf(ticket.donor) : bearerOf(desk.admin));
      readers.push({ reader, joined: await reader.must('join_ticket', { ticketId: ticket.id }) });
    }
    await writing;
    for (const { reader, joined } of readers) {
      const all = () =>
        new Set([...joined.events.map((event: { seq: number }) => event.seq), ...reader.seqs(ticket.id)]);
      await until(() => all().size >= posts + 1);
      expect([...all()].sort((a, b) => a - b)).toEqual(upTo(posts + 1));
    }
  });

  it('ends with leaving', async () => {
    const ticket = await createTicket(desk.server);
    const admin = await crowd.enter(bearerOf(desk.admin));
    const other = await crowd.enter(bearerOf(desk.colleague));
    await ok(desk.boss.put(`/tickets/${ticket.id}/assign`));
    for (const person of [admin, other]) await person.must('join_ticket', { ticketId: ticket.id });
    await admin.must('leave_ticket', { ticketId: ticket.id });
    const before = admin.seqs(ticket.id);
    await postMessage(ticket.donor, ticket.id);
    await other.next('message');
    await admin.settle();
    expect(admin.seqs(ticket.id)).toEqual(before);
  });

  it('gives staff their stream and the donor theirs, each without a gap', async () => {
    const ticket = await createTicket(desk.server);
    const donor = await crowd.enter(bearerOf(ticket.donor));
    const admin = await crowd.enter(bearerOf(desk.admin));
    for (const person of [donor, admin]) {
      await person.must('join_ticket', { ticketId: ticket.id, lastSeq: 1 });
    }
    await postNote(desk.admin, ticket.id, { content: 'a note' });
    await postMessage(ticket.donor, ticket.id);
    await ok(desk.admin.put(`/tickets/${ticket.id}`, { priority: 'urgent' }));
    await ok(desk.admin.put(`/tickets/${ticket.id}/close`));
    await donor.next('ticket_closed');
    await admin.next('ticket_closed');
    const [{ last_seq: last, last_public_seq: lastPublic }] = (
      await desk.db.query('SELECT last_seq, last_public_seq FROM tickets WHERE id = $1', [ticket.id])
    ).rows;
    expect(lastPublic).toBe(last - 2);
    expect(admin.seqs(ticket.id)).toEqual(upTo(last, 2));
    expect(donor.seqs(ticket.id)).toEqual(upTo(lastPublic, 2));
  });

  it('hands everybody one copy, however many rooms they are in', async () => {
    const ticket = await createTicket(desk.server);
    const admin = await crowd.enter(bearerOf(desk.admin));
    await admin.must('join_ticket', { ticketId: ticket.id, lastSeq: 1 });
    await admin.must('admin_join_ticket_monitor');
    await ok(desk.admin.put(`/tickets/${ticket.id}/assign`));
    await admin.next('ticket:status');
    await admin.settle();
    expect(admin.payloads('ticket:assigned')).toHaveLength(1);
    expect(admin.seqs(ticket.id)).toEqual(upTo(4, 2));
  });
});
