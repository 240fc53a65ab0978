import { createHmac, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { startCall } from '../factories/call.factory.js';
import { decodeJwt } from 'jose';
import { DirectVideoProvider } from '../../src/platform/video/direct/direct.provider.js';
import { videoConfig } from '../support/app.js';
import { createTicket } from '../factories/ticket.factory.js';
import { expectRefusal, ok, type Answer, type Client } from '../support/client.js';
import { openDesk, type Desk } from '../support/desk.js';
import { provisionStaff } from '../support/staff-people.js';
import { eventTypes, expectInvariants, rowsOf } from '../support/ticket-rows.js';

let desk: Desk;
beforeAll(async () => {
  // By token alone, even where a ticket's id opens nothing.
  desk = await openDesk({ donorAccess: 'token' });
});
afterAll(async () => {
  await expectInvariants(desk.db);
  await desk.close();
});

const UUID = '[0-9a-f-]{36}';

const ask = (verb: 'open' | 'join' | 'end', token: string): Promise<Answer> =>
  desk.link.post(`/call-links/${verb}`, { token });

/** A ticket that the donor opened with a call, and the call's two tokens. */
async function called() {
  const { id, created } = await createTicket(desk.server, { callType: 'video' });
  const call = await ok(desk.admin.get(`/calls/${created.activeCallId}`));
  return { ticketId: id, callId: call.id, donor: call.userToken, staff: call.adminToken };
}

describe('a link to a call', () => {
  test('opens without anything but its token, and changes nothing yet', async () => {
    const { ticketId, callId, donor } = await called();
    const before = (await rowsOf(desk.db, ticketId))!.ticket.last_seq;
    expect(await ok(ask('open', donor))).toEqual({
      id: callId,
      provider: 'direct',
      callType: 'video',
      dailyRoomUrl: expect.stringContaining('/call/'),
      role: 'donor',
      iceServers: [],
    });
    expect((await rowsOf(desk.db, ticketId))!.ticket.last_seq).toBe(before);
  });

  test('joins: the donor is announced, staff put the ticket on a call', async () => {
    const { ticketId, donor, staff } = await called();
    await ok(ask('join', donor));
    expect((await rowsOf(desk.db, ticketId))!.ticket.status).toBe('new');
    await ok(ask('join', staff));
    expect((await rowsOf(desk.db, ticketId))!.ticket.status).toBe('active_call');
    expect((await eventTypes(desk.db, ticketId, 1)).filter((type) => type === 'call.joined')).toHaveLength(2);
  });

  test('ends the call, twice without harm, and then opens no more', async () => {
    const { ticketId, donor, staff } = await called();
    await ok(ask('join', staff));
    await ok(ask('end', donor));
    await ok(ask('end', donor));
    const { ticket, calls } = (await rowsOf(desk.db, ticketId))!;
    expect({ ticket: ticket.status, call: calls[0]!.status, reason: calls[0]!.end_reason }).toEqual({
      ticket: 'new',
      call: 'ended',
      reason: 'hung_up',
    });
    for (const verb of ['open', 'join'] as const) expectRefusal(await ask(verb, staff), 409, 'CALL_ENDED');
  });

  test('with another token is refused, and nothing is written', async () => {
    const { ticketId, callId, donor } = await called();
    const [header, , signature] = donor.split('.');
    const claims = Buffer.from(JSON.stringify({ typ: 'call', callId, role: 'admin' })).toString('base64url');
    const { donorToken } = await ok(
      desk.link.post('/tickets', { donorId: randomUUID(), donorEmail: 'a@example.org' }),
      201,
    );
    const before = (await rowsOf(desk.db, ticketId))!.ticket.last_seq;
    for (const token of ['x', `${header}.${claims}.${signature}`, donorToken, donor.slice(0, -2)]) {
      for (const verb of ['open', 'join', 'end'] as const)
        expectRefusal(await ask(verb, token), 403, 'FORBIDDEN');
    }
    expect((await rowsOf(desk.db, ticketId))!.ticket.last_seq).toBe(before);
  });

  test('belongs to one call: the next one on the ticket needs its own', async () => {
    const { ticketId, donor } = await called();
    await ok(ask('end', donor));
    const next = await startCall(desk.admin, ticketId, 'admin');
    expectRefusal(await ask('join', donor), 409, 'CALL_ENDED');
    await ok(ask('end', donor));
    expect((await rowsOf(desk.db, ticketId))!.ticket.active_call_id).toBe(next.id);
  });

  test('of staff is theirs alone, and ends with their tokens', async () => {
    const { id: ticketId, created } = await createTicket(desk.server, { callType: 'video' });
    const gone = await provisionStaff(desk);
    const tokenOf = async (person: Client) =>
      (await ok(person.get(`/calls/${created.activeCallId}`))).adminToken as string;
    const [own, others] = [await tokenOf(gone), await tokenOf(desk.admin)];
    expect([own, others].map((token) => decodeJwt(token).sub)).toEqual([
      expect.stringMatching(new RegExp(`^staff-${gone.id}\\.${UUID}$`)),
      expect.stringMatching(new RegExp(`^staff-${desk.admin.id}\\.${UUID}$`)),
    ]);
    await ok(ask('open', own));
    await ok(desk.boss.delete(`/users/${gone.id}`), 204);
    const before = (await rowsOf(desk.db, ticketId))!.ticket.last_seq;
    for (const verb of ['open', 'join', 'end'] as const)
      expectRefusal(await ask(verb, own), 403, 'FORBIDDEN');
    expect((await rowsOf(desk.db, ticketId))!.ticket.last_seq).toBe(before);
    await ok(ask('join', others));
  });

  test('of staff that names nobody opens nothing', async () => {
    const { id: ticketId, created } = await createTicket(desk.server, { callType: 'video' });
    const call = await ok(desk.admin.get(`/calls/${created.activeCallId}`));
    const token = await desk.server.app.get(DirectVideoProvider, { strict: false }).issueToken({
      ...{ roomName: call.roomName, callId: call.id, role: 'admin', userId: 'staff', callType: 'video' },
      expiresAt: new Date(Date.now() + 3_600_000),
    });
    for (const verb of ['open', 'join', 'end'] as const)
      expectRefusal(await ask(verb, token), 403, 'FORBIDDEN');
    expect((await rowsOf(desk.db, ticketId))!.ticket.active_call_id).toBe(call.id);
  });
});

describe('with a TURN server that shares a secret', () => {
  const SECRET = 'shared with coturn';
  let relayed: Desk;
  beforeAll(async () => {
    const video = videoConfig({ iceServers: 'stun:s.example,turn:t.example', turnSecret: SECRET });
    relayed = await openDesk({ video });
  });
  afterAll(() => relayed.close());

  test('everybody in a call gets a password of their own that ends', async () => {
    const { id, donor, created } = await createTicket(relayed.server, { callType: 'video' });
    const call = await ok(relayed.admin.get(`/calls/${created.activeCallId}`));
    const joined = await ok(donor.post(`/calls/${call.id}/join`));
    const staff = await ok(relayed.admin.post(`/calls/${call.id}/join`));
    const linked = await ok(relayed.link.post('/call-links/open', { token: staff.token }));
    const names = [joined, staff, linked].map(({ iceServers: [stun, turn] }) => {
      expect(stun).toEqual({ urls: ['stun:s.example'] });
      const [ends, name] = turn.username.split(':');
      expect(turn).toEqual({
        urls: ['turn:t.example'],
        username: turn.username,
        credential: createHmac('sha1', SECRET).update(turn.username).digest('base64'),
      });
      const left = Number(ends) - Date.now() / 1_000;
      expect(left).toBeGreaterThan(3_600);
      expect(left).toBeLessThanOrEqual(6 * 3_600);
      return name;
    });
    expect(names[0]).not.toBe(names[1]);
    expect(names[2]).toBe(names[1]);
    for (const known of [id, call.id, String(relayed.admin.id)]) expect(names).not.toContain(known);
  });
});
