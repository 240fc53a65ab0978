import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { JwtService } from '@nestjs/jwt';
import { io } from 'socket.io-client';
import { DonorSessionsService } from '../../src/domain/donors/sessions/donor-sessions.service.js';
import { StaffSessions } from '../../src/domain/staff/sessions/staff-sessions.js';
import { RealtimeTiming, SWEEP_EVERY_MS } from '../../src/reactions/realtime/server/realtime-timing.js';
import { createDonorSession } from '../factories/donor-session.factory.js';
import { postMessage } from '../factories/message.factory.js';
import { createStaff, signIn } from '../factories/staff.factory.js';
import { createTicket } from '../factories/ticket.factory.js';
import { Client, ok } from '../support/client.js';
import { openDesk, personOf, type Desk } from '../support/desk.js';
import { httpRequest } from '../support/http.js';
import { bearerOf } from './bearer.js';
import { Crowd } from './socket-person.js';

/** What we promise; how far a busy machine keeps it is no matter of the code's. */
const REVOKED_WITHIN_MS = 5_000;

let desk: Desk;
const crowd = new Crowd(() => desk.server.url);
const jwt = new JwtService();

beforeAll(async () => {
  desk = await openDesk();
});
afterEach(() => crowd.leave());
afterAll(() => desk.close());

/** The same token, but ending in so many seconds. */
function endingIn(seconds: number, token: string): string {
  const claims = jwt.decode<Record<string, unknown>>(token);
  const exp = Math.floor(Date.now() / 1_000) + seconds;
  return jwt.sign({ ...claims, exp }, { secret: desk.server.config.secrets.jwt, algorithm: 'HS256' });
}

describe('the handshake', () => {
  it.each([
    ['nonsense', 'nonsense'],
    ['an unknown donor token', `cdt_${'x'.repeat(43)}`],
    ['an array', ['a']],
    ['an object', { contains: '' }],
    ['a number', 7],
    ['a huge text', 'x'.repeat(5_000)],
  ])('refuses %s', async (_, token) => {
    const refused = await crowd.knock(undefined, { auth: { token } }).connected();
    expect(refused?.data).toMatchObject({ ok: false, error: 'UNAUTHORIZED', message: expect.any(String) });
  });

  it('refuses an expired token', async () => {
    const refused = await crowd.knock(endingIn(-1, bearerOf(desk.admin))).connected();
    expect(refused?.data).toMatchObject({ error: 'UNAUTHORIZED' });
  });

  it('does not look at tokens in the query', async () => {
    const token = bearerOf(desk.admin);
    const person = await crowd.enter(undefined, { query: { token } });
    expect(await person.ask('admin_join_ticket_monitor', {})).toMatchObject({
      ok: false,
      error: 'UNAUTHORIZED',
    });
  });

  it('serves polling too, and no client script', async () => {
    const person = await crowd.enter(bearerOf(desk.admin), { transports: ['polling'] });
    await person.must('admin_join_ticket_monitor');
    expect((await httpRequest(`${desk.server.url}/socket.io/socket.io.js`)).ok).toBe(false);
  });

  it('allows the origins that HTTP allows', async () => {
    const ask = (origin: string) =>
      httpRequest(`${desk.server.url}/socket.io/?EIO=4&transport=polling`, {
        method: 'OPTIONS',
        headers: { origin, 'access-control-request-method': 'POST' },
      });
    const own = await ask('http://localhost:5005');
    expect(own.headers.get('access-control-allow-origin')).toBe('http://localhost:5005');
    expect(own.headers.get('access-control-allow-credentials')).toBe('true');
    expect((await ask('http://evil.example')).headers.get('access-control-allow-origin')).toBeNull();
  });

  it('shows out anyone who proves nothing in time, and nobody else', async () => {
    const timing = desk.server.app.get(RealtimeTiming, { strict: false });
    const { proveWithin } = timing;
    expect(proveWithin).toBe(10_000);
    timing.proveWithin = 2_000;
    try {
      const ticket = await createTicket(desk.server);
      const [idle, failing, joined, authorised] = await Promise.all([
        crowd.enter(),
        crowd.enter(),
        crowd.enter(),
        crowd.enter(),
      ]);
      await failing.ask('join_ticket', { ticketId: '00000000-0000-4000-8000-000000000000' });
      await failing.ask('authorize', { token: 'nonsense' });
      await joined.must('join_ticket', { ticketId: ticket.id });
      await authorised.must('authorize', { token: bearerOf(desk.admin) });
      await idle.gone();
      await failing.gone();
      expect(idle.payloads('error')).toEqual([{ error: 'UNAUTHORIZED', message: expect.any(String) }]);
      await Promise.all([joined.settle(), authorised.settle()]);
    } finally {
      timing.proveWithin = proveWithin;
    }
  });
});

describe('authorize', () => {
  it('serves the example client of the Delegated Tickets API: its tickets without joining any', async () => {
    const ticket = await createTicket(desk.server);
    const token = bearerOf(ticket.donor);
    const socket = io(desk.server.url, { query: { token }, forceNew: true });
    const seen: [string, Record<string, unknown>][] = [];
    for (const name of ['message', 'edit_message', 'delete_message', 'ticket_closed'])
      socket.on(name, (data) => seen.push([name, data]));
    await new Promise<void>((resolve) => socket.on('connect', resolve));
    await socket.emitWithAck('authorize', { token });
    const message = await postMessage(desk.admin, ticket.id, { content: 'Hello' });
    await ok(desk.admin.put(`/tickets/${ticket.id}/messages/${message.id}`, { content: 'Hello!' }));
    await ok(desk.admin.delete(`/tickets/${ticket.id}/messages/${message.id}`));
    await ok(desk.admin.put(`/tickets/${ticket.id}/close`));
    await socket.emitWithAck('leave_ticket', { ticketId: ticket.id });
    socket.disconnect();
    const own = seen.filter(([, data]) => data.messageType !== 'system');
    expect(own.map(([name]) => name)).toEqual(['message', 'edit_message', 'delete_message', 'ticket_closed']);
    const s5 = { id: message.id, ticket_id: ticket.id, author_id: String(desk.admin.id), author_name: 'Ada' };
    const times = { created_at: expect.any(Number), updated_at: expect.any(Number), attachments: [] };
    expect(own[0]![1]).toMatchObject({ ...s5, ...times, content: 'Hello' });
    expect(own[1]![1]).toMatchObject({ ...s5, ...times, content: 'Hello!' });
    expect(own[2]![1]).toMatchObject({ ...s5, ...times, content: '' });
    expect(own[3]![1]).toMatchObject({
      id: ticket.id,
      user_id: ticket.donorId,
      topic: '',
      status: 'closed',
      created_at: expect.any(Number),
      updated_at: expect.any(Number),
      user_role: 'TEMP_USER',
    });
  });

  it('says no in the ack, or by an error event to those who asked for none', async () => {
    const person = await crowd.enter();
    expect(await person.ask('authorize', { token: 'nonsense' })).toMatchObject({
      ok: false,
      error: 'UNAUTHORIZED',
    });
    expect(person.payloads('error')).toEqual([]);
    person.socket.emit('authorize', { token: 'nonsense' });
    expect(await person.next('error')).toEqual({ error: 'UNAUTHORIZED', message: expect.any(String) });
  });

  it('keeps the rooms of a renewed token, and takes them from another identity', async () => {
    const ticket = await createTicket(desk.server);
    const hired = await createStaff(desk.server.app);
    const staff = await crowd.enter(hired.token);
    await staff.must('join_ticket', { ticketId: ticket.id });
    await staff.must('admin_join_ticket_monitor');
    const renewed = (await signIn(desk.server.app, hired.user)).token;
    expect(await staff.must('authorize', { token: renewed })).toEqual({ ok: true, actor: 'staff' });
    await postMessage(ticket.donor, ticket.id, { content: 'first' });
    await staff.next('message');
    const stranger = await createDonorSession(desk.server.app);
    expect(await staff.must('authorize', { token: stranger.token })).toEqual({ ok: true, actor: 'donor' });
    await postMessage(ticket.donor, ticket.id, { content: 'second' });
    await staff.settle();
    expect(staff.payloads('message')).toHaveLength(1);
  });

  it('follows all tickets of a verified donor, and of nobody else', async () => {
    const verified = await createDonorSession(desk.server.app, { ownerKey: 'jwt::kim' });
    const person = await crowd.enter(verified.token);
    const guest = await createDonorSession(desk.server.app, { donorId: verified.donorId });
    const impostor = await crowd.enter(guest.token);
    const body = { donorEmail: 'kim@example.org' };
    const own = await ok(new Client(desk.server, verified.headers).post('/tickets', body), 201);
    await createTicket(desk.server, { donorId: verified.donorId });
    const event = await person.next('ticket:new');
    expect(event).toMatchObject({ ticketId: own.id, seq: 1, number: own.number });
    await Promise.all([person.settle(), impostor.settle()]);
    expect(person.received).toHaveLength(1);
    expect(impostor.received).toEqual([]);
  });
});

describe('a right that ends', () => {
  /** Runs what ends it, and waits until the socket is disconnected. */
  async function cut(token: string, end: () => Promise<unknown>): Promise<void> {
    const person = await crowd.enter(token);
    await person.settle();
    await end();
    await person.gone();
    expect(person.payloads('error')).toEqual([{ error: 'UNAUTHORIZED', message: expect.any(String) }]);
  }

  it('ends the socket: a login that is closed here', async () => {
    const { token, user } = await createStaff(desk.server.app);
    const sessions = desk.server.app.get(StaffSessions, { strict: false });
    await cut(token, () => sessions.closeAll(user.id));
  });

  it('ends the socket: a donor session that is revoked here', async () => {
    const { token, sessionId } = await createDonorSession(desk.server.app);
    await cut(token, () => desk.server.app.get(DonorSessionsService, { strict: false }).revoke(sessionId));
  });

  it('is looked for twice in the time that we promise', () => {
    expect(SWEEP_EVERY_MS * 2).toBeLessThanOrEqual(REVOKED_WITHIN_MS);
  });

  it.each([
    ['deactivation', 'UPDATE users SET is_active = false WHERE id = $1'],
    ['a new token version', 'UPDATE users SET token_version = token_version + 1 WHERE id = $1'],
    ['the end of its login', 'UPDATE staff_logins SET ended_at = now() WHERE user_id = $1'],
    ['deletion', 'DELETE FROM users WHERE id = $1'],
  ])('ends the socket, done by another process: %s', async (_, sql) => {
    const { token, user } = await createStaff(desk.server.app);
    await cut(token, () => desk.db.query(sql, [user.id]));
  });

  it('ends the socket, done by another process: a donor session', async () => {
    const { token, sessionId } = await createDonorSession(desk.server.app);
    const sql = 'UPDATE donor_sessions SET revoked_at = now() WHERE id = $1';
    await cut(token, () => desk.db.query(sql, [sessionId]));
  });

  it('ends the socket at the end of its token, unless that was renewed', async () => {
    const hired = await createStaff(desk.server.app);
    const [expiring, renewing] = [
      await crowd.enter(endingIn(2, hired.token)),
      await crowd.enter(endingIn(2, hired.token)),
    ];
    await renewing.must('authorize', { token: hired.token });
    await expiring.gone();
    await renewing.must('admin_join_ticket_monitor');
  });

  it('refuses events from the moment the token has ended', async () => {
    const hired = await createStaff(desk.server.app);
    const person = await crowd.enter(endingIn(1, hired.token));
    await new Promise((resolve) => setTimeout(resolve, 1_100));
    const ack = await person.ask('admin_join_ticket_monitor', {}).catch(() => 'shown out already');
    if (ack !== 'shown out already') expect(ack).toMatchObject({ ok: false, error: 'UNAUTHORIZED' });
  });

  it('leaves other logins of the same person alone', async () => {
    const hired = await createStaff(desk.server.app);
    const other = await signIn(desk.server.app, hired.user);
    const person = personOf(desk.server, hired);
    const staying = await crowd.enter(other.token);
    const leaving = await crowd.enter(bearerOf(person));
    await desk.db.query(`UPDATE staff_logins SET ended_at = now() WHERE id = $1`, [
      jwt.decode<{ sid: string }>(bearerOf(person)).sid,
    ]);
    await leaving.gone();
    await staying.must('admin_join_ticket_monitor');
  });
});
