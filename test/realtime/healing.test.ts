import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { SOCKET_SERVER, type SocketServer } from '../../src/reactions/realtime/server/socket-state.js';
import { TicketHeads } from '../../src/reactions/realtime/broadcast/ticket-heads.js';
import { postMessage, postNote } from '../factories/message.factory.js';
import { createTicket, type TicketFixture } from '../factories/ticket.factory.js';
import { startAppOn, type TestApp } from '../support/app.js';
import { Client } from '../support/client.js';
import { openDesk, type Desk } from '../support/desk.js';
import { connect, TicketViewer, until } from '../support/ticket-viewer.js';
import type { Connection } from '../../web/client/live/connection.js';
import { bearerOf } from './bearer.js';

let desk: Desk;
let stranger: TestApp;
const open: Connection[] = [];

beforeAll(async () => {
  desk = await openDesk();
  // Another process on the same database, that nothing connects with the first.
  stranger = await startAppOn(desk.server.database, { secrets: desk.server.config.secrets });
});
afterEach(() => {
  for (const connection of open.splice(0)) connection.close();
});
afterAll(async () => {
  await stranger.app.close();
  await desk.close();
});

function follow(client: Client, ticket: TicketFixture): TicketViewer {
  const connection = connect(desk.server.url, { token: () => bearerOf(client), onProblem: () => undefined });
  open.push(connection);
  return new TicketViewer(connection, ticket.id);
}

const upTo = (last: number) => Array.from({ length: last }, (_, index) => index + 1);

describe('the live client', () => {
  it('hears by the heads of what was never emitted to it', async () => {
    const ticket = await createTicket(desk.server);
    const viewers = [follow(ticket.donor, ticket), follow(desk.admin, ticket)];
    for (const viewer of viewers) await until(() => viewer.stream.state === 'live');
    await postMessage(new Client(stranger, ticket.donor.headers), ticket.id);
    await postNote(new Client(stranger, desk.admin.headers), ticket.id);
    await postMessage(new Client(stranger, ticket.donor.headers), ticket.id);
    await desk.server.app.get(TicketHeads, { strict: false }).emitHeads();
    await until(() => viewers[0]!.stream.lastSeq === 3 && viewers[1]!.stream.lastSeq === 4);
    expect(viewers.map((viewer) => viewer.seqs)).toEqual([upTo(3), upTo(4)]);
  });

  it('misses nothing and shows nothing twice while its socket is cut again and again', async () => {
    const ticket = await createTicket(desk.server);
    const donor = follow(ticket.donor, ticket);
    const admin = follow(desk.admin, ticket);
    const sent = upTo(40).map((number) => `text ${number}`);
    const server = desk.server.app.get<SocketServer>(SOCKET_SERVER, { strict: false });
    const cutting = setInterval(() => {
      for (const { conn } of server.sockets.sockets.values()) conn.request.socket.destroy();
    }, 60);
    try {
      for (const [index, text] of sent.entries()) {
        (index % 2 ? admin : donor).stream.send(text);
        await until(() => donor.outbox.length + admin.outbox.length < 6);
      }
    } finally {
      clearInterval(cutting);
    }
    await until(() => donor.outbox.length + admin.outbox.length === 0);
    await until(
      () => donor.texts.length >= sent.length && admin.texts.length >= sent.length,
      () => ({ donor: donor.seqs, admin: admin.seqs }),
    );
    const stored = await desk.db.query(
      `SELECT json_agg(content) AS texts FROM messages WHERE ticket_id = $1 AND message_type = 'text'`,
      [ticket.id],
    );
    expect(stored.rows[0].texts.sort()).toEqual([...sent].sort());
    for (const viewer of [donor, admin]) {
      const texts = viewer.texts.filter((text) => String(text).startsWith('text'));
      expect([...texts].sort()).toEqual([...sent].sort());
      expect(viewer.seqs).toEqual(upTo(viewer.seqs.length));
      expect(viewer.doubles).toEqual([]);
    }
  });
});

describe('a process that stops', () => {
  it('answers what it has received, then lets its sockets go', async () => {
    const leaving = await startAppOn(desk.server.database, { secrets: desk.server.config.secrets });
    const ticket = await createTicket(desk.server);
    const connection = connect(leaving.url, {
      token: () => bearerOf(ticket.donor),
      onProblem: () => undefined,
    });
    open.push(connection);
    const viewer = new TicketViewer(connection, ticket.id);
    await until(() => viewer.stream.state === 'live');
    const server = leaving.app.get<SocketServer>(SOCKET_SERVER, { strict: false });
    const [socket] = [...server.sockets.sockets.values()];
    let arrived = 0;
    socket!.conn.on('packet', () => (arrived += 1));
    const acks = upTo(10).map((number) =>
      connection.request('message:send', {
        ticketId: ticket.id,
        content: 'last words',
        clientMessageId: String(number),
      }),
    );
    await until(() => arrived >= 10);
    await leaving.app.close();
    const answers = await Promise.all(acks);
    expect(answers).toEqual(Array.from({ length: 10 }, () => expect.objectContaining({ ok: true })));
    await until(() => connection.state === 'offline');
  });
});
