import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { createTicket, type TicketFixture } from '../factories/ticket.factory.js';
import { postNote } from '../factories/message.factory.js';
import { ok, type Client } from '../support/client.js';
import { openDesk, type Desk, type Person } from '../support/desk.js';
import { clientIdOf, connect, TicketViewer, until } from '../support/ticket-viewer.js';
import type { StreamOptions } from '../../web/client/live/ticket-stream.js';
import type { Connection } from '../../web/client/live/connection.js';
import { bearerOf } from './bearer.js';

let desk: Desk;
const open: Connection[] = [];

beforeAll(async () => {
  desk = await openDesk();
});
afterEach(() => {
  for (const connection of open.splice(0)) connection.close();
});
afterAll(() => desk.close());

function connectAs(client?: Client): Connection {
  const connection = connect(desk.server.url, {
    ...(client && { token: () => bearerOf(client) }),
    onProblem: () => undefined,
  });
  open.push(connection);
  return connection;
}

async function followAs(
  client: Client | undefined,
  ticket: TicketFixture,
  options: Partial<StreamOptions> = {},
): Promise<TicketViewer> {
  const viewer = new TicketViewer(connectAs(client), ticket.id, options);
  await until(
    () => viewer.stream.state === 'live',
    () => viewer.stream.reason,
  );
  return viewer;
}

const senderOf = (person: Person) => ({ senderId: String(person.id), senderType: 'admin' }) as const;
const upTo = (last: number) => Array.from({ length: last }, (_, index) => index + 1);

describe('the live client at the real desk', () => {
  it('lets a donor with nothing but a link and a member of staff talk, each reading everything once and in order', async () => {
    const ticket = await createTicket(desk.server);
    const donor = await followAs(undefined, ticket, { donorId: ticket.donorId });
    const admin = await followAs(desk.admin, ticket, { sender: senderOf(desk.admin) });
    const texts = upTo(12).map((number) => `text ${number}`);
    for (const [index, text] of texts.entries()) {
      (index % 2 ? admin : donor).stream.send(text);
      await until(() => donor.texts.includes(text) && admin.texts.includes(text));
    }
    await postNote(desk.admin, ticket.id, { content: 'Between us' });
    await until(() => admin.texts.includes('Between us') && !donor.outbox.length && !admin.outbox.length);
    const thread = (viewer: TicketViewer) => viewer.texts.filter((text) => String(text).startsWith('text'));
    expect(thread(donor)).toEqual(texts);
    expect(thread(admin)).toEqual(texts);
    expect(donor.texts).not.toContain('Between us');
    for (const viewer of [donor, admin]) {
      expect(viewer.seqs).toEqual(upTo(viewer.seqs.length));
      expect(viewer.doubles).toEqual([]);
    }
  });

  it('sends by REST while the socket is unavailable, as donor and as staff, and reads it back', async () => {
    const ticket = await createTicket(desk.server);
    const settings = { socketOptions: { path: '/nowhere', reconnectionDelay: 5 }, timing: { pollEvery: 25 } };
    for (const [client, options] of [
      [ticket.donor, { donorId: ticket.donorId }],
      [desk.admin, { sender: senderOf(desk.admin) }],
    ] as const) {
      const connection = connect(desk.server.url, { ...settings, token: () => bearerOf(client) });
      open.push(connection);
      const viewer = new TicketViewer(connection, ticket.id, options);
      const id = viewer.stream.send('By REST');
      await until(
        () => viewer.events.some((event) => clientIdOf(event) === id),
        () => viewer.outbox,
      );
      expect(viewer.stream.outbox).toEqual([]);
      expect(viewer.stream.state).toBe('degraded');
    }
  });

  it('catches up after a cut, and shows a refusal for good', async () => {
    const ticket = await createTicket(desk.server);
    const donor = await followAs(ticket.donor, ticket);
    await ok(desk.admin.put(`/tickets/${ticket.id}/assign`));
    await ok(desk.admin.put(`/tickets/${ticket.id}/close`));
    open[0]?.wake();
    const { body } = await ticket.donor.get(`/tickets/${ticket.id}/events?after=0`);
    await until(() => donor.seqs.length === body.seq);
    expect(donor.seqs).toEqual(upTo(body.seq));
    donor.stream.send('Too late');
    await until(() => donor.outboxStates[0] === 'failed');
    expect(donor.outbox[0]).toMatchObject({ retryable: false, reason: { code: 'TICKET_CLOSED' } });
  });

  it('tells the board of a new ticket, and a foreign ticket that it is none', async () => {
    const numbers: unknown[] = [];
    const board = connectAs(desk.admin).monitor({
      onEvent: (event, name) => name === 'ticket:new' && numbers.push(event.ticketId),
      onResync: () => undefined,
    });
    await until(() => board.state === 'live');
    const ticket = await createTicket(desk.server);
    await until(() => numbers.includes(ticket.id));
    const stranger = await createTicket(desk.server);
    const viewer = new TicketViewer(connectAs(stranger.donor), ticket.id);
    await until(() => viewer.stream.state === 'failed');
    expect(viewer.stream.reason?.code).toBe('NOT_FOUND');
    const donorsBoard = connectAs(ticket.donor).monitor({
      onEvent: () => undefined,
      onResync: () => undefined,
    });
    await until(() => donorsBoard.state === 'failed');
  });
});
