import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { Presence } from '../../src/reactions/realtime/presence/presence.js';
import { HEAD_EVERY_MS, RealtimeTiming } from '../../src/reactions/realtime/server/realtime-timing.js';
import { SOCKET_SERVER, type SocketServer } from '../../src/reactions/realtime/server/socket-state.js';
import { TicketHeads } from '../../src/reactions/realtime/broadcast/ticket-heads.js';
import { Viewers } from '../../src/reactions/realtime/presence/viewers.js';
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

const find = <T>(what: abstract new (...parameters: never[]) => T): T =>
  desk.server.app.get(what as never, { strict: false });

describe('message:send', () => {
  it('posts as REST does and answers the message', async () => {
    const ticket = await createTicket(desk.server);
    const donor = await crowd.enter(bearerOf(ticket.donor));
    const admin = await crowd.enter(bearerOf(desk.admin));
    for (const person of [donor, admin]) await person.must('join_ticket', { ticketId: ticket.id });
    const body = { ticketId: ticket.id, content: 'Hello', clientMessageId: randomUUID() };
    const { message } = await donor.must('message:send', body);
    expect(message).toMatchObject({ ...body, senderType: 'donor', senderId: ticket.donorId, seq: 2 });
    expect(await admin.next('message')).toMatchObject({ id: message.id, seq: 2, content: 'Hello' });
    await donor.next('message');
    const { body: stored } = await ticket.donor.get(`/tickets/${ticket.id}/messages`);
    expect(stored).toEqual([message]);
    const reply = await admin.must('message:send', { ...body, clientMessageId: randomUUID() });
    expect(reply.message).toMatchObject({ senderType: 'admin', senderId: String(desk.admin.id) });
  });

  it('stores a message once, however often it is sent, over both ways at the same time', async () => {
    const ticket = await createTicket(desk.server);
    const person = await crowd.enter(bearerOf(ticket.donor));
    const again = await crowd.enter(bearerOf(ticket.donor));
    const body = { content: 'Once', clientMessageId: randomUUID() };
    const answers = await Promise.all([
      ...[person, again, person].map((socket) =>
        socket.must('message:send', { ticketId: ticket.id, ...body }).then((ack) => ack.message.id),
      ),
      ...[1, 2, 3].map(() =>
        ticket.donor.post(`/tickets/${ticket.id}/messages`, body).then((answer) => answer.body.id),
      ),
    ]);
    expect(new Set(answers).size).toBe(1);
    expect((await ticket.donor.get(`/tickets/${ticket.id}/messages`)).body).toHaveLength(1);
    await person.settle();
    expect(person.payloads('message')).toHaveLength(1);
  });

  it('is handled in the order in which it was sent', async () => {
    const ticket = await createTicket(desk.server);
    const person = await crowd.enter(bearerOf(ticket.donor));
    const texts = Array.from({ length: 20 }, (_, index) => `text ${index}`);
    await Promise.all(
      texts.map((content) =>
        person.must('message:send', { ticketId: ticket.id, content, clientMessageId: content }),
      ),
    );
    const { body: stored } = await ticket.donor.get(`/tickets/${ticket.id}/messages`);
    expect(stored.map((message: { content: string }) => message.content)).toEqual(texts);
  });

  it('says when the ticket is closed', async () => {
    const ticket = await createTicket(desk.server);
    await ok(desk.admin.put(`/tickets/${ticket.id}/close`));
    const person = await crowd.enter(bearerOf(ticket.donor));
    expect(
      await person.ask('message:send', { ticketId: ticket.id, content: 'Hello', clientMessageId: 'x' }),
    ).toMatchObject({ ok: false, error: 'TICKET_CLOSED', message: expect.any(String), status: 'closed' });
  });
});

describe('message:read', () => {
  it('marks what the other side wrote, up to there', async () => {
    const ticket = await createTicket(desk.server);
    const first = await postMessage(desk.admin, ticket.id);
    await postMessage(desk.admin, ticket.id);
    const donor = await crowd.enter(bearerOf(ticket.donor));
    const admin = await crowd.enter(bearerOf(desk.admin));
    await admin.must('join_ticket', { ticketId: ticket.id });
    const { body: seen } = await ticket.donor.get(`/tickets/${ticket.id}/messages`);
    const upToSeq = seen.find((message: { id: string }) => message.id === first.id).seq;
    await donor.must('message:read', { ticketId: ticket.id, upToSeq });
    expect(await admin.next('messages:read')).toMatchObject({ senderType: 'admin', upToSeq: first.seq });
    const { body: messages } = await desk.admin.get(`/tickets/${ticket.id}/messages`);
    const texts = messages.filter((message: { messageType: string }) => message.messageType === 'text');
    expect(texts.map((message: { isRead: boolean }) => message.isRead)).toEqual([true, false]);
  });
});

describe('ticket:typing', () => {
  it('reaches the others on the ticket and nobody else', async () => {
    const ticket = await createTicket(desk.server, { donorName: 'Dora' });
    const donor = await crowd.enter(bearerOf(ticket.donor));
    const admin = await crowd.enter(bearerOf(desk.admin));
    const outsider = await crowd.enter(bearerOf(desk.colleague));
    await outsider.must('admin_join_ticket_monitor');
    for (const person of [donor, admin]) await person.must('join_ticket', { ticketId: ticket.id });
    await donor.must('ticket:typing', { ticketId: ticket.id, isTyping: true });
    expect(await admin.next('ticket:typing')).toEqual({
      ticketId: ticket.id,
      actor: { type: 'donor', id: ticket.donorId, name: 'Dora' },
      isTyping: true,
    });
    await admin.must('ticket:typing', { ticketId: ticket.id, isTyping: false });
    expect(await donor.next('ticket:typing')).toEqual({
      ticketId: ticket.id,
      actor: { type: 'admin', id: String(desk.admin.id), name: 'Ada' },
      isTyping: false,
    });
    await outsider.settle();
    expect(outsider.payloads('ticket:typing')).toEqual([]);
    expect(donor.payloads('ticket:typing')).toHaveLength(1);
    const { rows } = await desk.db.query('SELECT last_seq FROM tickets WHERE id = $1', [ticket.id]);
    expect(rows).toEqual([{ last_seq: 1 }]);
  });
});

describe('ticket:viewing', () => {
  const names = (payload: { viewers: { name: string }[] }) => payload.viewers.map(({ name }) => name).sort();

  it('tells staff who else looks at a ticket, until they leave', async () => {
    const ticket = await createTicket(desk.server);
    const watcher = await crowd.enter(bearerOf(desk.boss));
    await watcher.must('join_ticket', { ticketId: ticket.id });
    const viewing = (bearer: string) =>
      crowd.enter(bearer).then(async (person) => {
        await person.must('ticket:viewing', { ticketId: ticket.id });
        return person;
      });
    const ada = await viewing(bearerOf(desk.admin));
    const secondTab = await viewing(bearerOf(desk.admin));
    const bo = await viewing(bearerOf(desk.colleague));
    const all = await watcher.next('ticket:viewers', (payload) => names(payload).length === 2);
    expect(all.viewers).toContainEqual({ id: desk.admin.id, name: 'Ada', avatar: null });
    bo.close();
    await until(() => names(watcher.payloads('ticket:viewers').at(-1)).join() === 'Ada');
    secondTab.close();
    await ada.must('leave_ticket', { ticketId: ticket.id });
    await until(() => names(watcher.payloads('ticket:viewers').at(-1)).length === 0);
    await ada.must('ticket:viewing', { ticketId: ticket.id });
    await ada.must('authorize', { token: bearerOf(ticket.donor) });
    await until(() => names(watcher.payloads('ticket:viewers').at(-1)).length === 0);
  });

  it('forgets those who do not renew it', async () => {
    const timing = find(RealtimeTiming);
    const { viewingLasts } = timing;
    expect(viewingLasts).toBe(30_000);
    const ticket = await createTicket(desk.server);
    const watcher = await crowd.enter(bearerOf(desk.boss));
    const ada = await crowd.enter(bearerOf(desk.admin));
    const bo = await crowd.enter(bearerOf(desk.colleague));
    await watcher.must('join_ticket', { ticketId: ticket.id });
    await bo.must('ticket:viewing', { ticketId: ticket.id });
    timing.viewingLasts = 1;
    await ada.must('ticket:viewing', { ticketId: ticket.id });
    timing.viewingLasts = viewingLasts;
    await new Promise((resolve) => setTimeout(resolve, 5));
    await find(Viewers).expire();
    await until(() => names(watcher.payloads('ticket:viewers').at(-1)).join() === 'Bo');
    await ada.must('ticket:viewing', { ticketId: ticket.id });
    await watcher.next('ticket:viewers', (payload) => names(payload).length === 2);
  });
});

describe('ticket:head', () => {
  it('tells each follower how far their stream reaches', async () => {
    expect(HEAD_EVERY_MS).toBe(15_000);
    const ticket = await createTicket(desk.server);
    const donor = await crowd.enter(bearerOf(ticket.donor));
    const admin = await crowd.enter(bearerOf(desk.admin));
    const watcher = await crowd.enter(bearerOf(desk.boss));
    for (const person of [donor, admin]) await person.must('join_ticket', { ticketId: ticket.id });
    await watcher.must('admin_join_ticket_monitor');
    await postNote(desk.admin, ticket.id);
    await find(TicketHeads).emitHeads();
    expect(await donor.next('ticket:head')).toEqual({ ticketId: ticket.id, seq: 1 });
    expect(await admin.next('ticket:head')).toEqual({ ticketId: ticket.id, seq: 2 });
    await watcher.settle();
    expect(watcher.payloads('ticket:head')).toEqual([]);
  });
});

describe('presence', () => {
  it('tells the board who is there', async () => {
    const timing = find(RealtimeTiming);
    const { presenceGrace } = timing;
    timing.presenceGrace = 0;
    try {
      const boss = await crowd.enter(bearerOf(desk.boss));
      const ada = await crowd.enter(bearerOf(desk.admin));
      await boss.must('admin_join_ticket_monitor');
      const of = (userId: number) =>
        boss
          .payloads('presence')
          .filter((payload) => payload.userId === userId)
          .map((payload) => payload.availability);
      await until(() => of(desk.boss.id).length > 0 && of(desk.admin.id).length > 0);
      expect([of(desk.boss.id), of(desk.admin.id)]).toEqual([['online'], ['online']]);
      await ok(desk.admin.put('/users/me/availability', { availability: 'away' }));
      await find(Presence).refresh();
      ada.close();
      const server = desk.server.app.get<SocketServer>(SOCKET_SERVER, { strict: false });
      await until(() => server.sockets.sockets.size === 1);
      await new Promise((resolve) => setTimeout(resolve, 5));
      await find(Presence).refresh();
      await until(() => of(desk.admin.id).at(-1) === 'offline');
      expect(of(desk.admin.id)).toEqual(['online', 'away', 'offline']);
    } finally {
      timing.presenceGrace = presenceGrace;
    }
  });
});
