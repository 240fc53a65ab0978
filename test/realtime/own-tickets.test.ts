import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { Metrics } from '../../src/platform/metrics/metrics.js';
import { delegated } from '../factories/delegated-token.factory.js';
import { postMessage } from '../factories/message.factory.js';
import { createStaff } from '../factories/staff.factory.js';
import { createTicket } from '../factories/ticket.factory.js';
import { ok } from '../support/client.js';
import { openDesk, personOf, type Desk } from '../support/desk.js';
import { rowsOf } from '../support/ticket-rows.js';
import { Crowd, type SocketPerson } from './socket-person.js';

let desk: Desk;
const crowd = new Crowd(() => desk.server.url);

beforeAll(async () => {
  desk = await openDesk();
});
afterEach(() => crowd.leave());
afterAll(() => desk.close());

/** A member of staff with a socket that has authorised and joined nothing. */
async function colleague(role = 'ADMIN') {
  const staff = await createStaff(desk.server.app, { role });
  return Object.assign(personOf(desk.server, staff), { socket: await crowd.enter(staff.token) });
}

const upTo = (last: number): number[] => Array.from({ length: last }, (_, index) => index + 1);
const lastSeq = async (id: string): Promise<number> => (await rowsOf(desk.db, id))!.ticket.last_seq as number;

async function expectAll(person: SocketPerson, ticketId: string): Promise<void> {
  await person.settle();
  expect(person.seqs(ticketId)).toEqual(upTo(await lastSeq(ticketId)));
}

describe('a socket of staff that has only authorised', () => {
  it('hears every event of a ticket that nobody owns', async () => {
    const agent = await delegated(desk.server, { role: 'AGENT' });
    const socket = await crowd.enter();
    await socket.must('authorize', { token: agent.token });
    const ticket = await createTicket(desk.server);
    await postMessage(ticket.donor, ticket.id);
    await ok(desk.boss.patch(`/tickets/${ticket.id}`, { priority: 'high' }));
    await expectAll(socket, ticket.id);
  });

  it('hears every event of its own tickets, once, whatever else it has joined', async () => {
    const ada = await colleague();
    const ticket = await createTicket(desk.server);
    await ada.socket.must('admin_join_ticket_monitor');
    await ada.socket.must('join_ticket', { ticketId: ticket.id, lastSeq: 1 });
    await ok(ada.put(`/tickets/${ticket.id}/assign`));
    await postMessage(ticket.donor, ticket.id);
    await postMessage(ada, ticket.id);
    await ok(ada.put(`/tickets/${ticket.id}/close`));
    await expectAll(ada.socket, ticket.id);
    expect(ada.socket.payloads('ticket_closed')).toHaveLength(1);
  });

  it('hears a ticket until it goes to a colleague, who hears it from then on', async () => {
    const [ada, ben, eve] = [await colleague(), await colleague(), await colleague('SUPER_ADMIN')];
    const ticket = await createTicket(desk.server);
    await ok(ada.put(`/tickets/${ticket.id}/assign`));
    const taken = await lastSeq(ticket.id);
    await postMessage(ticket.donor, ticket.id);
    const beforeTransfer = await lastSeq(ticket.id);
    await ok(ada.post(`/tickets/${ticket.id}/transfer`, { toAdminId: ben.id }));
    const transferred = await lastSeq(ticket.id);
    await postMessage(ticket.donor, ticket.id);
    await postMessage(ben, ticket.id);
    const last = await lastSeq(ticket.id);
    await Promise.all([ada, ben, eve].map(({ socket }) => socket.settle()));
    const heard = ({ socket }: { socket: SocketPerson }) => socket.seqs(ticket.id);
    expect(heard(ada)).toEqual(upTo(transferred));
    const whileFree = upTo(taken);
    expect(heard(ben)).toEqual([...whileFree, ...upTo(last).slice(beforeTransfer)]);
    expect(heard(eve)).toEqual(whileFree);
  });

  it('hears a ticket again that comes back to the team', async () => {
    const [ada, ben] = [await colleague(), await colleague()];
    const ticket = await createTicket(desk.server);
    await ok(ada.put(`/tickets/${ticket.id}/assign`));
    await ok(desk.boss.delete(`/users/${ada.id}`), 204);
    await ben.socket.next('ticket:assigned', ({ ticketId, to }) => ticketId === ticket.id && to === null);
    await postMessage(ticket.donor, ticket.id);
    await ben.socket.settle();
    expect(ben.socket.seqs(ticket.id).at(-1)).toBe(await lastSeq(ticket.id));
  });

  it('is sent nothing of a ticket that somebody else owns', async () => {
    const ada = await colleague();
    const ticket = await createTicket(desk.server);
    await ok(desk.admin.put(`/tickets/${ticket.id}/assign`));
    await ada.socket.settle();
    const before = ada.socket.received.length;
    const sent = await sentSoFar();
    await postMessage(ticket.donor, ticket.id);
    expect(await sentSoFar()).toBe(sent);
    await ada.socket.settle();
    expect(ada.socket.received).toHaveLength(before);
  });
});

async function sentSoFar(): Promise<number> {
  const { text } = await desk.server.app.get(Metrics, { strict: false }).scrape();
  return Number(/^concierge_socket_messages_total (\d+)/m.exec(text)?.[1]);
}
