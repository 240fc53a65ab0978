import { once } from 'node:events';
import { connect as connectTcp, type Socket as TcpSocket } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import type { Config } from '../../src/platform/config/config.js';
import { SocketBounds } from '../../src/reactions/realtime/server/socket-bounds.js';
import { startCall } from '../factories/call.factory.js';
import { createDonorSession } from '../factories/donor-session.factory.js';
import { postMessage } from '../factories/message.factory.js';
import { createTicket } from '../factories/ticket.factory.js';
import { openDesk, type Desk } from '../support/desk.js';
import { httpRequest } from '../support/http.js';
import { connect, TicketViewer, until } from '../support/ticket-viewer.js';
import { bearerOf } from './bearer.js';
import { Crowd, type SocketPerson } from './socket-person.js';

let desk: Desk;
const crowd = new Crowd(() => desk.server.url);
const silent: TcpSocket[] = [];

afterEach(async () => {
  crowd.leave();
  for (const socket of silent.splice(0)) socket.destroy();
  await desk.close();
});

async function openWith(overrides: Partial<Config>): Promise<void> {
  desk = await openDesk(overrides);
}

const tooMany = (most: number) => ({
  ok: false,
  error: 'TOO_MANY_CONNECTIONS',
  message: expect.stringContaining(`Only ${most} live connections`),
  retryAfter: expect.any(Number),
});

async function refusalOf(person: SocketPerson): Promise<unknown> {
  return (await person.connected())?.data;
}

/** Whether somebody with these options gets in, tried until it is as expected. */
async function untilEnters(token: string): Promise<void> {
  for (;;) if ((await crowd.knock(token).connected()) === undefined) return;
}

describe('the sockets of one identity', () => {
  it('are at most LIMIT_SOCKETS: the next is told why, and enters when another has left', async () => {
    await openWith({ sockets: { perIdentity: 2, perAddress: 1_000 } });
    const token = bearerOf(desk.admin);
    const [first, second] = [await crowd.enter(token), await crowd.enter(token)];
    expect(await refusalOf(crowd.knock(token))).toEqual(tooMany(2));
    for (const person of [first, second]) await person.must('admin_join_ticket_monitor');
    await crowd.enter(bearerOf(desk.colleague));
    first.close();
    await untilEnters(token);
    expect(await refusalOf(crowd.knock(token))).toEqual(tooMany(2));
  });

  it('are counted right when many knock at once, and when they hang up in the middle', async () => {
    await openWith({ sockets: { perIdentity: 3, perAddress: 1_000 } });
    const { token } = await createDonorSession(desk.server.app);
    const rush = await Promise.all(Array.from({ length: 12 }, () => crowd.knock(token).connected()));
    expect(rush.filter((refusal) => refusal === undefined)).toHaveLength(3);
    crowd.leave();
    for (let round = 0; round < 12; round += 1) {
      const person = crowd.knock(token);
      const { engine } = person.socket.io;
      await new Promise<void>((resolve) => engine.once('handshake', () => resolve()));
      person.close();
    }
    for (let seat = 0; seat < 3; seat += 1) await untilEnters(token);
    expect(await refusalOf(crowd.knock(token))).toEqual(tooMany(3));
  });

  it('are counted when a socket changes hands', async () => {
    await openWith({ sockets: { perIdentity: 1, perAddress: 1_000 } });
    const [ada, bo] = [bearerOf(desk.admin), bearerOf(desk.colleague)];
    const first = await crowd.enter(ada);
    const second = await crowd.enter();
    expect(await second.ask('authorize', { token: ada })).toEqual(tooMany(1));
    await second.must('authorize', { token: bo });
    await second.must('authorize', { token: bo });
    expect(await refusalOf(crowd.knock(bo))).toEqual(tooMany(1));
    first.close();
    await until(() => !first.socket.connected);
    await untilEnters(ada);
  });

  it('do not decide whether a page works: the refused one reads and writes by HTTP, and says that it is late', async () => {
    await openWith({ sockets: { perIdentity: 1, perAddress: 1_000 } });
    const ticket = await createTicket(desk.server);
    const token = bearerOf(ticket.donor);
    await crowd.enter(token);
    const connection = connect(desk.server.url, { token: () => token, timing: { pollEvery: 50 } });
    try {
      const viewer = new TicketViewer(connection, ticket.id);
      viewer.stream.send('from the refused tab');
      await postMessage(desk.admin, ticket.id, { content: 'from staff' });
      await until(
        () => ['from the refused tab', 'from staff'].every((text) => viewer.texts.includes(text)),
        () => ({ texts: viewer.texts, outbox: viewer.outbox, states: viewer.states }),
      );
      expect(viewer.stream.state).toBe('degraded');
      crowd.leave();
      await until(
        () => {
          if (connection.state === 'offline') connection.wake();
          return viewer.stream.state === 'live';
        },
        () => viewer.states,
      );
    } finally {
      connection.close();
    }
  });
});

describe('the sockets from one address', () => {
  it.each(['websocket', 'polling'])('are at most LIMIT_SOCKETS_ADDRESS, over %s', async (transport) => {
    await openWith({ sockets: { perIdentity: 1_000, perAddress: 3 } });
    const options = { transports: [transport] };
    const people = [await crowd.enter(undefined, options), await crowd.enter(bearerOf(desk.admin), options)];
    people.push(await crowd.enter(bearerOf(desk.boss), options));
    expect(await refusalOf(crowd.knock(bearerOf(desk.admin), options))).toEqual(tooMany(3));
    expect(await refusalOf(crowd.knock(undefined, options))).toEqual(tooMany(3));
    for (const person of people) await person.settle();
  });

  it('are those of the visitor, behind a proxy that we trust', async () => {
    await openWith({ sockets: { perIdentity: 1_000, perAddress: 1 }, trustedProxies: ['127.0.0.1'] });
    const from = (address: string) =>
      crowd.knock(undefined, { extraHeaders: { 'x-forwarded-for': address } }).connected();
    expect(await from('203.0.113.1')).toBeUndefined();
    expect(await from('203.0.113.2')).toBeUndefined();
    expect((await from('203.0.113.2'))?.data).toEqual(tooMany(1));
  });
});

/** The first line of what the server answers to a WebSocket that asks to open and then says nothing. */
async function openSilently(): Promise<string> {
  const { hostname, port } = new URL(desk.server.url);
  const socket = connectTcp(Number(port), hostname);
  silent.push(socket);
  socket.write(
    [
      'GET /socket.io/?EIO=4&transport=websocket HTTP/1.1',
      `Host: ${hostname}:${port}`,
      ...['Upgrade: websocket', 'Connection: Upgrade', 'Sec-WebSocket-Version: 13'],
      ...['Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==', '', ''],
    ].join('\r\n'),
  );
  const [answer] = (await once(socket, 'data')) as [Buffer];
  return answer.toString().split('\r\n')[0]!;
}

describe('a flood of handshakes', () => {
  const OPENED = 'HTTP/1.1 101 Switching Protocols';

  it('that say nothing ends at twice the bound of an address, and health answers', async () => {
    await openWith({ sockets: { perIdentity: 1_000, perAddress: 5 } });
    const answers = await Promise.all(Array.from({ length: 30 }, openSilently));
    expect(answers.filter((line) => line === OPENED)).toHaveLength(10);
    expect((await httpRequest(`${desk.server.url}/health/ping`)).status).toBe(200);
    expect((await httpRequest(`${desk.server.url}/health`)).status).toBe(200);
  });

  it('from everywhere leaves connections for requests, health among them', async () => {
    await openWith({});
    const bounds = desk.server.app.get(SocketBounds, { strict: false });
    const most = (desk.server.app.getHttpServer() as { maxConnections: number }).maxConnections;
    expect(bounds.mostConnections).toBeLessThanOrEqual(0.9 * most);
    bounds.mostConnections = 4;
    const answers = await Promise.all(Array.from({ length: 8 }, openSilently));
    expect(answers.filter((line) => line === OPENED)).toHaveLength(4);
    expect((await httpRequest(`${desk.server.url}/health/ping`)).status).toBe(200);
    expect((await desk.admin.get('/tickets')).status).toBe(200);
    silent.pop()!.destroy();
    for (const socket of silent.splice(0)) socket.destroy();
    await untilEnters(bearerOf(desk.admin));
  });
});

describe('what sockets ask', () => {
  it('spends the same reads as HTTP, over all sockets of an identity', async () => {
    const plenty = 1_000_000;
    const limits = { tickets: plenty, reads: 5, messages: plenty, logins: plenty, staff: plenty };
    await openWith({ limits });
    const ticket = await createTicket(desk.server);
    await postMessage(desk.admin, ticket.id);
    const call = await startCall(desk.admin, ticket.id, 'admin');
    const people = [
      await crowd.enter(bearerOf(ticket.donor)),
      await crowd.enter(bearerOf(ticket.donor)),
      await crowd.enter(bearerOf(ticket.donor)),
    ];
    const about = { ticketId: ticket.id };
    expect((await ticket.donor.get(`/tickets/${ticket.id}/events`)).status).toBe(200);
    await people[0]!.must('join_ticket', about);
    await people[1]!.must('ticket:typing', { ...about, isTyping: true });
    await people[1]!.must('message:read', { ...about, upToSeq: 2 });
    const entered = await people[2]!.ask('call:enter', { callId: call.id, token: 'x' });
    expect(entered).toMatchObject({ ok: false, error: 'FORBIDDEN' });
    const limited = { ok: false, error: 'RATELIMIT', message: expect.stringContaining('only 5') };
    const costly: [string, object][] = [
      ['join_ticket', about],
      ['ticket:typing', { ...about, isTyping: true }],
      ['message:read', { ...about, upToSeq: 3 }],
      ['call:enter', { callId: call.id, token: 'x' }],
      ['admin_join_ticket_monitor', {}],
    ];
    for (const [event, body] of costly)
      expect({ event, ack: await people[2]!.ask(event, body) }).toMatchObject({ event, ack: limited });
    expect((await ticket.donor.get(`/tickets/${ticket.id}/events`)).status).toBe(429);
    expect(
      (await ticket.donor.post(`/tickets/${ticket.id}/messages/mark-read`, { senderType: 'admin' })).status,
    ).toBe(429);
    await people[0]!.must('ticket:typing', { ...about, isTyping: false });
    await people[0]!.must('message:send', { ...about, content: 'still', clientMessageId: 'still-1' });
  });
});
