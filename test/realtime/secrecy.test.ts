import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { mailboxKey } from '../../src/domain/auth/owner-key.js';
import { TicketAccess } from '../../src/domain/tickets/ticket-access.service.js';
import { DonorSessionsService } from '../../src/domain/donors/sessions/donor-sessions.service.js';
import { startCall } from '../factories/call.factory.js';
import { delegated } from '../factories/delegated-token.factory.js';
import { postMessage, postNote } from '../factories/message.factory.js';
import { createTicket } from '../factories/ticket.factory.js';
import { ok } from '../support/client.js';
import { openDesk, type Desk } from '../support/desk.js';
import { bearerOf } from './bearer.js';
import { Crowd, type SocketPerson } from './socket-person.js';

let desk: Desk;
const crowd = new Crowd(() => desk.server.url);

beforeAll(async () => {
  desk = await openDesk();
});
afterEach(() => crowd.leave());
afterAll(() => desk.close());

const CANARIES = ['canary-note', 'canary-helpful', 'canary-tag', 'canary-transfer', 'urgent', 'TECHNICAL'];
/** Names of fields that only staff may see, wherever they stand. */
const STAFF_FIELDS =
  /"(priority|team|tags|helpfulNotes|relatedSkills|summary|adminToken|support_role|issue_level|username|notes|context|scores|reason|passwordHash|fcmToken|ip|version)":/;

/** Everything that can happen to a ticket, with something secret wherever that is possible. */
async function live(ticket: Awaited<ReturnType<typeof createTicket>>): Promise<void> {
  const at = `/tickets/${ticket.id}`;
  const { admin, colleague } = desk;
  await ok(admin.put(`${at}/assign`));
  await postNote(admin, ticket.id, { content: 'canary-note' });
  await ok(admin.patch(at, { priority: 'urgent', team: 'TECHNICAL', tags: ['canary-tag'] }));
  await ok(admin.patch(at, { helpfulNotes: 'canary-helpful', subject: 'A new subject' }));
  const reply = await postMessage(admin, ticket.id, { content: 'a reply' });
  await postMessage(ticket.donor, ticket.id, { content: 'an answer' });
  await ok(admin.put(`${at}/messages/${reply.id}`, { content: 'another reply' }));
  await ok(ticket.donor.post(`${at}/messages/mark-read`, { senderType: 'admin' }));
  await ok(admin.post(`${at}/messages/mark-read`, { senderType: 'donor' }));
  await ok(admin.delete(`${at}/messages/${reply.id}`));
  const call = await startCall(admin, ticket.id, 'admin');
  await ok(ticket.donor.post(`/calls/${call.id}/join`));
  await ok(admin.post(`/calls/${call.id}/end`));
  await ok(admin.post(`${at}/transfer`, { toAdminId: colleague.id, transferNotes: 'canary-transfer' }));
  await ok(colleague.put(`${at}/close`));
}

const written = (person: SocketPerson) => JSON.stringify(person.received);

describe('what a donor is told', () => {
  it('holds nothing of how staff work, by any event and by whatever way it is followed', async () => {
    const ticket = await createTicket(desk.server, { context: { page: '/give' } });
    const joined = await crowd.enter(bearerOf(ticket.donor));
    const auto = await crowd.enter(bearerOf(ticket.donor));
    const link = await crowd.enter();
    const staff = await crowd.enter(bearerOf(desk.boss));
    for (const person of [joined, link, staff]) await person.must('join_ticket', { ticketId: ticket.id });
    const viewer = await crowd.enter(bearerOf(desk.admin));
    await viewer.must('ticket:viewing', { ticketId: ticket.id });
    await live(ticket);
    await staff.next('ticket_closed');
    for (const canary of CANARIES) expect(written(staff)).toContain(canary);
    expect(written(staff)).toMatch(STAFF_FIELDS);
    for (const person of [joined, auto, link]) {
      await person.next('ticket_closed');
      await person.settle();
      for (const canary of [...CANARIES, '@staff.test', ticketSecrets()]) {
        expect(written(person)).not.toContain(canary);
      }
      expect(written(person)).not.toMatch(STAFF_FIELDS);
      expect(person.received.filter(({ event }) => event === 'ticket:viewers')).toEqual([]);
    }
    expect(auto.seqs(ticket.id)).toEqual(joined.seqs(ticket.id));
    const caughtUp = await joined.must('join_ticket', { ticketId: ticket.id });
    expect(JSON.stringify(caughtUp)).not.toMatch(STAFF_FIELDS);
    for (const canary of CANARIES) expect(JSON.stringify(caughtUp)).not.toContain(canary);
  });

  it('is nothing at all about the tickets of others', async () => {
    const mine = await createTicket(desk.server);
    const theirs = await createTicket(desk.server);
    const me = await crowd.enter(bearerOf(mine.donor));
    await me.must('join_ticket', { ticketId: mine.id });
    await live(theirs);
    await me.settle();
    expect(me.received).toEqual([]);
  });
});

describe('anyone who follows a ticket by its id alone', () => {
  it('hears nothing of it any more when its guest proves an identity, and the guest goes on hearing', async () => {
    const ticket = await createTicket(desk.server);
    const [link, guest] = [await crowd.enter(), await crowd.enter(bearerOf(ticket.donor))];
    for (const person of [link, guest]) await person.must('join_ticket', { ticketId: ticket.id, lastSeq: 1 });
    await postMessage(ticket.donor, ticket.id, { content: 'before' });
    const kim = await delegated(desk.server);
    const proof = { token: kim.token, donorToken: ticket.created.donorToken };
    await ok(desk.link.post('/auth/donor', proof));
    await postMessage(ticket.donor, ticket.id, { content: 'after' });
    await guest.next('message', ({ content }) => content === 'after');
    await link.settle();
    expect(link.payloads('message').map(({ content }) => content)).toEqual(['before']);
  });

  it('does not get in while its guest proves an identity', async () => {
    const ticket = await createTicket(desk.server);
    const [link, guest] = [await crowd.enter(), await crowd.enter(bearerOf(ticket.donor))];
    await guest.must('join_ticket', { ticketId: ticket.id, lastSeq: 1 });
    const kim = await delegated(desk.server);
    const access = desk.server.app.get(TicketAccess, { strict: false });
    const read = access.read.bind(access);
    const between = jest.spyOn(access, 'read').mockImplementationOnce(async (...asked) => {
      const allowed = await read(...asked);
      await ok(desk.link.post('/auth/donor', { token: kim.token, donorToken: ticket.created.donorToken }));
      return allowed;
    });
    const ack = await link.ask('join_ticket', { ticketId: ticket.id, lastSeq: 1 });
    between.mockRestore();
    expect(ack).toMatchObject({ ok: false, error: 'UNAUTHORIZED' });
    await postMessage(ticket.donor, ticket.id, { content: 'after' });
    await guest.next('message');
    await link.settle();
    expect(link.received).toEqual([]);
  });

  it('says nothing on it any more either', async () => {
    const ticket = await createTicket(desk.server);
    const [link, guest] = [await crowd.enter(), await crowd.enter(bearerOf(ticket.donor))];
    for (const person of [link, guest]) await person.must('join_ticket', { ticketId: ticket.id });
    const typing = { ticketId: ticket.id, isTyping: true };
    await link.must('ticket:typing', typing);
    await guest.next('ticket:typing');
    const kim = await delegated(desk.server);
    await ok(desk.link.post('/auth/donor', { token: kim.token, donorToken: ticket.created.donorToken }));
    expect(await link.ask('ticket:typing', typing)).toMatchObject({ ok: false, error: 'UNAUTHORIZED' });
    await guest.settle();
    expect(guest.payloads('ticket:typing')).toHaveLength(1);
  });
});

describe('anyone who reads a mailbox that the ticket names no longer', () => {
  it('hears nothing of it any more, and the guest goes on hearing', async () => {
    const ticket = await createTicket(desk.server, { donorEmail: 'wrong@example.org' });
    const sessions = desk.server.app.get(DonorSessionsService, { strict: false });
    const { token } = await sessions.issue({
      ...{ donorId: 'wrong', email: 'wrong@example.org', name: null },
      ...{ ownerKey: mailboxKey('wrong@example.org'), verifiedAt: new Date() },
    });
    const [reader, guest] = [await crowd.enter(token), await crowd.enter(bearerOf(ticket.donor))];
    for (const person of [reader, guest])
      await person.must('join_ticket', { ticketId: ticket.id, lastSeq: 1 });
    await postMessage(ticket.donor, ticket.id, { content: 'before' });
    await ok(desk.admin.patch(`/tickets/${ticket.id}`, { donorEmail: 'right@example.org' }));
    await postMessage(ticket.donor, ticket.id, { content: 'after' });
    await guest.next('message', ({ content }) => content === 'after');
    await reader.settle();
    expect(reader.payloads('message').map(({ content }) => content)).toEqual(['before']);
    expect(written(reader)).not.toContain('right@example.org');
  });
});

describe('what staff are told', () => {
  it('brings a new ticket to the board whole, and every event of all tickets', async () => {
    const watcher = await crowd.enter(bearerOf(desk.admin));
    await watcher.must('admin_join_ticket_monitor');
    const ticket = await createTicket(desk.server, { priority: 'high', subject: 'Help' });
    const event = await watcher.next('ticket:new', (payload) => payload.ticketId === ticket.id);
    const { body: read } = await desk.admin.get(`/tickets/${ticket.id}`);
    expect(event.ticket).toEqual(read);
    await live(ticket);
    const closed = await watcher.next('ticket_closed', ({ id }) => id === ticket.id);
    expect(closed).toMatchObject({
      user_id: ticket.donorId,
      topic: 'A new subject',
      support_role: 'TECHNICAL',
      issue_level: 'CRITICAL',
      priority: 'urgent',
    });
    const { rows } = await desk.db.query('SELECT last_seq FROM tickets WHERE id = $1', [ticket.id]);
    expect(watcher.seqs(ticket.id)).toEqual(
      Array.from({ length: rows[0].last_seq }, (_unused, index) => index + 1),
    );
    const theirs = await createTicket(desk.server);
    await ok(desk.colleague.put(`/tickets/${theirs.id}/assign`));
    await watcher.must('admin_leave_ticket_monitor');
    const before = watcher.seqs(theirs.id);
    await postMessage(theirs.donor, theirs.id);
    await watcher.settle();
    expect(watcher.seqs(theirs.id)).toEqual(before);
  });

  it('reaches whom a ticket is given to, wherever they are', async () => {
    const ticket = await createTicket(desk.server);
    const target = await crowd.enter(bearerOf(desk.colleague));
    await ok(desk.admin.put(`/tickets/${ticket.id}/assign`));
    await ok(desk.admin.post(`/tickets/${ticket.id}/transfer`, { toAdminId: desk.colleague.id }));
    expect(await target.next('ticket:transferred')).toMatchObject({ toAdminId: desk.colleague.id });
    await ok(desk.boss.put(`/tickets/${ticket.id}/assign`, { adminId: desk.boss.id }));
    await ok(desk.boss.put(`/tickets/${ticket.id}/assign`, { adminId: desk.colleague.id }));
    await target.next('ticket:assigned', ({ to }) => to === desk.colleague.id);
    await target.settle();
    expect(target.payloads('ticket:transferred')).toHaveLength(1);
    expect(target.payloads('ticket:assigned').map(({ to }) => to)).toEqual([
      ...[desk.admin.id, desk.boss.id, desk.colleague.id],
    ]);
  });

  it('tells everybody on it that a ticket is gone for good', async () => {
    const ticket = await createTicket(desk.server);
    const donor = await crowd.enter(bearerOf(ticket.donor));
    const admin = await crowd.enter(bearerOf(desk.admin));
    for (const person of [donor, admin]) await person.must('join_ticket', { ticketId: ticket.id });
    await postNote(desk.admin, ticket.id);
    await ok(desk.boss.delete(`/tickets/${ticket.id}`));
    expect(await admin.next('ticket:deleted')).toMatchObject({ ticketId: ticket.id, seq: 3 });
    expect(await donor.next('ticket:deleted')).toMatchObject({ ticketId: ticket.id, seq: 2 });
    // It was the donor's last: the session is gone with it.
    await donor.gone();
    expect(await admin.ask('join_ticket', { ticketId: ticket.id })).toMatchObject({
      ok: false,
      error: 'NOT_FOUND',
    });
  });
});

/** The signing secret stands for everything that must not leave the process. */
function ticketSecrets(): string {
  return desk.server.config.secrets.jwt;
}
