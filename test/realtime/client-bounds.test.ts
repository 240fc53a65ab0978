import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { TypingPayload } from '../../src/contract/socket-events.js';
import { bufferedFor } from '../../src/reactions/realtime/server/slow-consumers.js';
import { SOCKET_SERVER, type SocketServer } from '../../src/reactions/realtime/server/socket-state.js';
import { postMessage } from '../factories/message.factory.js';
import { createTicket } from '../factories/ticket.factory.js';
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

describe('what a client sends', () => {
  it('is answered whatever it is, and never brings the server down', async () => {
    const person = await crowd.enter(bearerOf(desk.admin));
    const ticketId = (await createTicket(desk.server)).id;
    const bodies: unknown[][] = [
      ['join_ticket'],
      ['join_ticket', null],
      ['join_ticket', 'text'],
      ['join_ticket', [ticketId]],
      ['join_ticket', { ticketId: [ticketId] }],
      ['join_ticket', { ticketId: { contains: '' } }],
      ['join_ticket', { ticketId, role: 'SUPER_ADMIN' }],
      ['join_ticket', { ticketId, lastSeq: '1' }],
      ['join_ticket', { ticketId, lastSeq: -1 }],
      ['join_ticket', { ticketId }, { ticketId }],
      ['join_ticket', JSON.parse(`{ "ticketId": "${ticketId}", "__proto__": { "a": 1 } }`)],
      ['join_ticket', Buffer.from('binary')],
      ['message:send', { ticketId, content: 'a\u0000b', clientMessageId: 'x' }],
      ['message:send', { ticketId, content: ' ', clientMessageId: 'x' }],
      ['message:send', { ticketId, content: 'no id' }],
      ['message:send', { ticketId, content: 'x', clientMessageId: 'x', senderType: 'donor' }],
      ['admin_join_ticket_monitor', { room: 'admin:1' }],
      ['no such event', {}],
      ['__proto__', {}],
      ['error', { message: 'mine' }],
      ['ticket:new', { ticketId }],
    ];
    for (const [event, ...body] of bodies) {
      const ack = await person.ask(event as string, ...body);
      expect({ event, body, ack }).toMatchObject({ ack: { ok: false, error: 'BAD_REQUEST' } });
      await new Promise((resolve) => setTimeout(resolve, 60));
    }
    const ack = await person.ask('join_ticket', { ticketId: 'admin', lastSeq: 1.5, extra: 1 });
    expect(ack.errors.map((fault: { location: string }) => fault.location).sort()).toEqual([
      'extra',
      'lastSeq',
      'ticketId',
    ]);
    person.socket.emit('error', new Error('mine'));
    person.socket.emit('join_ticket');
    person.socket.emit('no such event');
    await until(() => person.payloads('error').length === 3);
    expect(person.socket.connected).toBe(true);
  });

  it('is limited to 30 events at once and 10 a second', async () => {
    const ticket = await createTicket(desk.server);
    const person = await crowd.enter(bearerOf(desk.admin));
    const asks = Array.from({ length: 60 }, () => person.ask('leave_ticket', { ticketId: ticket.id }));
    const acks = await Promise.all(asks);
    const refused = acks.filter((ack) => !ack.ok);
    expect(refused.length).toBeGreaterThan(0);
    expect(refused.length).toBeLessThanOrEqual(30);
    expect(refused[0]).toEqual({
      ok: false,
      error: 'RATELIMIT',
      message: expect.stringContaining('only 10'),
      retryAfter: 1,
    });
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    await person.must('leave_ticket', { ticketId: ticket.id });
  });

  it('shares the limit on messages with HTTP', async () => {
    const { limits } = desk.server.config;
    const limited = await openDesk({ limits: { ...limits, messages: 3 } });
    try {
      const ticket = await createTicket(limited.server);
      const person = crowd.knock(bearerOf(ticket.donor), {}, limited.server.url);
      await person.connected();
      const send = (clientMessageId: string) =>
        person.ask('message:send', { ticketId: ticket.id, content: 'Hello', clientMessageId });
      await postMessage(ticket.donor, ticket.id);
      expect([(await send('1')).ok, (await send('2')).ok]).toEqual([true, true]);
      expect(await send('3')).toMatchObject({
        ok: false,
        error: 'RATELIMIT',
        message: expect.stringContaining('only 3'),
        retryAfter: expect.any(Number),
      });
      expect((await ticket.donor.post(`/tickets/${ticket.id}/messages`, { content: 'x' })).status).toBe(429);
    } finally {
      await limited.close();
    }
  });

  it('ends the connection when it is larger than 64 kB', async () => {
    const ticket = await createTicket(desk.server);
    const person = await crowd.enter(bearerOf(ticket.donor));
    const fits = await person.ask('message:send', {
      ticketId: ticket.id,
      content: 'x'.repeat(60_000),
      clientMessageId: 'x',
    });
    expect(fits).toMatchObject({ ok: false, error: 'BAD_REQUEST' });
    person.socket.emit('message:send', { ticketId: ticket.id, content: 'x'.repeat(70_000) });
    await person.gone();
    await crowd.enter(bearerOf(ticket.donor));
  });
});

describe('the connection', () => {
  it('is not compressed', async () => {
    const person = await crowd.enter(bearerOf(desk.admin));
    const engine = person.socket.io.engine as unknown as { transport: { ws: { extensions: unknown } } };
    const { ws } = engine.transport;
    expect(String(ws.extensions)).not.toContain('permessage-deflate');
    const server = desk.server.app.get<SocketServer>(SOCKET_SERVER, { strict: false });
    const options = (server.engine as unknown as { opts: Record<string, unknown> }).opts;
    expect(options.perMessageDeflate).toBe(false);
    expect(options.maxHttpBufferSize).toBe(65_536);
    expect((server as unknown as { opts: Record<string, unknown> }).opts.connectionStateRecovery).toBe(
      undefined,
    );
  });

  it('is cut when its client stops reading, and costs nobody else anything', async () => {
    const ticket = await createTicket(desk.server);
    const [stuck, reader] = [
      await crowd.enter(bearerOf(desk.admin)),
      await crowd.enter(bearerOf(desk.colleague)),
    ];
    for (const person of [stuck, reader]) await person.must('join_ticket', { ticketId: ticket.id });
    const server = desk.server.app.get<SocketServer>(SOCKET_SERVER, { strict: false });
    const there = server.sockets.sockets.get(stuck.socket.id!)!;
    const engine = stuck.socket.io.engine as unknown as {
      transport: { ws: { _socket: { pause(): void; resume(): void } } };
    };
    engine.transport.ws._socket.pause();
    const payload: TypingPayload = {
      ticketId: ticket.id,
      actor: { type: 'donor', id: 'x'.repeat(50_000) },
      isTyping: true,
    };
    let most = 0;
    await until(() => {
      if (there.connected) for (let count = 0; count < 4; count++) there.emit('ticket:typing', payload);
      most = Math.max(most, bufferedFor(there));
      return !there.connected;
    });
    expect(most).toBeGreaterThan(1024 * 1024);
    expect(server.sockets.sockets.has(stuck.socket.id!)).toBe(false);
    engine.transport.ws._socket.resume();
    await postMessage(ticket.donor, ticket.id);
    await reader.next('message');
  });
});
